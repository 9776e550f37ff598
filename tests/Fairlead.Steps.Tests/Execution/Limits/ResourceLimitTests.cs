using Fairlead.Domain.Runs;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution.Limits;

/// <summary>Steps that use more than they may, held by control groups where this machine has them, and by watching.</summary>
public sealed class ResourceLimitTests
{
    private const string Yaml = """
        project: tiny
        steps:
          memory: { run: "(head -c 300m /dev/zero; sleep 20) | tail -c 299m > /dev/null; echo 1 > out/x", outputs: [x], resources: { memory: 64Mi, timeout: 15s } }
          pids: { run: "for i in 1 2 3 4 5 6 7 8 9; do sleep 3 & done; wait; echo 1 > out/x", outputs: [x], resources: { pids: 5, timeout: 15s } }
          file: { run: "head -c 20m /dev/zero > out/x; true", outputs: [x], resources: { disk: 4Mi } }
          files: { run: "for i in 1 2 3 4 5 6 7 8; do head -c 1m /dev/zero > \"$TMPDIR/$i\"; done; sleep 20; echo 1 > out/x", outputs: [x], resources: { disk: 4Mi, timeout: 15s } }
          sparse: { run: "truncate -s 5G out/x", outputs: [x], resources: { disk: 1Gi } }
          modest: { run: "head -c 8m /dev/urandom | tail -c 7m | sha256sum > out/x; nproc >> out/x", outputs: [x], resources: { memory: 256Mi, pids: 50, disk: 64Mi, cpu: 1 } }
        """;

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["memory"] = "Step 'memory' used more than its 64 MiB of memory; raise `resources.memory`",
        ["pids"] = "Step 'pids' wanted more than its 5 processes; raise `resources.pids`",
        ["file"] = "Step 'file' wrote more than its 4 MiB of disk; raise `resources.disk`",
        ["files"] = "Step 'files' wrote more than its 4 MiB of disk; raise `resources.disk`",
        ["sparse"] = "Step 'sparse' wrote more than its 1 GiB of disk; raise `resources.disk`",
    };

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task Step_ThatUsesMoreThanItMay_IsEndedAndToldWhichLimit(bool hasControlGroups, bool hasNamespaces)
    {
        Assert.SkipWhen(hasControlGroups && ControlGroups.Find() is null, "control groups cannot be made here");
        using var project = new TestProject(Yaml, options => options with { HasControlGroups = hasControlGroups, HasNamespaces = hasNamespaces, Parallelism = 6 });

        var report = await project.RunAsync(new RunOrder { Steps = [], User = "tester", KeepGoing = true });

        foreach (var (step, sentence) in Expected)
            Assert.StartsWith(sentence, report.Steps.Single(result => result.Step == step).Reason);
        var modest = report.Steps.Single(result => result.Step == "modest");
        Assert.Equal(StepOutcome.Executed, modest.Outcome);
        var run = (await project.Catalog.FindAsync(new RunId("modest", 1), TestProject.Token))!;
        var mode = hasControlGroups ? ControlGroups.Find()!.Mode + ", disk by watching" : "watching";
        Assert.Equal(mode, run.SandboxFacts!.Limits);
        Assert.InRange(run.CpuSeconds!.Value, 0.001, 20);
        if (hasControlGroups)
            Assert.InRange(run.PeakMemoryBytes!.Value, 1 << 20, 256 << 20);
        else
            Assert.EndsWith("\n1\n", await project.ReadOutputAsync(run, "x"));
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Empty(GroupsOf(project));
    }

    [Fact]
    public void Groups_OfTheUnifiedHierarchy_AreMadeWithTheirLimits()
    {
        using var folder = new TempFolder();
        folder.Write("sys/cgroup.controllers", "cpuset cpu io memory pids\n");
        folder.Write("sys/cgroup.subtree_control", "cpu memory pids\n");
        var mounts = folder.Write("mounts", $"proc /proc proc rw 0 0\ncgroup2 {folder["sys"].Replace(" ", "\\040")} cgroup2 rw,nosuid 0 0\n");
        var membership = folder.Write("membership", "0::/nowhere\n");

        var groups = ControlGroups.Find(mounts, membership)!;

        Assert.Equal("cgroup v2", groups.Mode);
        var resources = new Domain.Projects.StepResources { Cpu = 1.5, Memory = 1 << 30, Pids = 7 };
        var group = groups.Create("one", folder["record"], resources, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal([folder["sys/one"]], group.Entrances);
        Assert.Equal([folder["sys/one"]], File.ReadAllLines(folder["record"]));
        Assert.Equal(("1073741824", "150000 100000", "9"), (File.ReadAllText(folder["sys/one/memory.max"]), File.ReadAllText(folder["sys/one/cpu.max"]), File.ReadAllText(folder["sys/one/pids.max"])));
        folder.Write("sys/one/cpu.stat", "usage_usec 1500000\nuser_usec 1\n");
        folder.Write("sys/one/memory.peak", "4096\n");
        Assert.Equal(new LimitUsage(1.5, 4096), group.ReadUsage());
        Assert.Null(group.LookBack());
        folder.Write("sys/one/pids.events", "max 3\n");
        Assert.False(group.LookBack()!.IsCertain);
        folder.Write("sys/one/memory.events", "low 0\noom 1\noom_kill 1\noom_group_kill 0\n");
        Assert.Equal("used more than its 1 GiB of memory", group.LookBack()!.Clause);
    }

    [Fact]
    public void Groups_WhereNoneCanBeMade_AreNotFound()
    {
        using var folder = new TempFolder();
        folder.Write("sys/cgroup.controllers", "cpu\n");
        var mounts = folder.Write("mounts", $"cgroup2 {folder["sys"].Replace(" ", "\\040")} cgroup2 rw 0 0\n");
        Assert.Null(ControlGroups.Find(mounts, folder.Write("membership", "0::/\n")));
        Assert.Null(ControlGroups.Find(folder["missing"], folder["missing"]));
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(2L << 30, "2 GiB")]
    public void Bytes_AreTold_AsTheFileWritesThem(long bytes, string expected) => Assert.Equal(expected, Quantity.Bytes(bytes));

    /// <summary>Groups of these runs that are still there; other tests have groups, too.</summary>
    private static IEnumerable<string> GroupsOf(TestProject project) =>
        Directory.Exists("/sys/fs/cgroup")
            ? Directory.EnumerateDirectories("/sys/fs/cgroup", "fairlead-*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true })
                .Where(group => Expected.Keys.Any(step => Path.GetFileName(group).StartsWith($"fairlead-{step}-", StringComparison.Ordinal)))
            : [];
}
