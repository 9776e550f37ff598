using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution.Sandboxes;

/// <summary>What a step can and cannot reach, in namespaces by bubblewrap and without.</summary>
public sealed class NamespaceSandboxTests
{
    private const string Probe = """
        import json, os, socket, sys
        p = json.load(open("params.json"))
        found = {}

        def attempt(name, action):
            try:
                found[name] = bool(action())
            except Exception:
                found[name] = False

        def connect(family, address):
            with socket.socket(family, socket.SOCK_STREAM) as s:
                s.settimeout(5)
                s.connect(address)
                return True

        attempt("project", lambda: open(p["project"]).read())
        attempt("store", lambda: os.listdir(p["store"]))
        attempt("home", lambda: open(p["home"]).read())
        attempt("network", lambda: connect(socket.AF_INET, ("127.0.0.1", int(p["port"]))))
        attempt("abstract", lambda: connect(socket.AF_UNIX, "\0" + p["abstract"]))
        attempt("process", lambda: open("/proc/%s/environ" % p["process"], "rb").read())
        attempt("variable", lambda: os.environ["UNDECLARED_VARIABLE"])
        json.dump(found, open("out/found.json", "w"))
        """;

    [Fact]
    public async Task Read_OfWhatWasNotDeclared_FailsUnlessTheStepHasNoSandbox()
    {
        Environment.SetEnvironmentVariable("UNDECLARED_VARIABLE", "x");
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), $".fairlead-test-{Guid.NewGuid():n}");
        await File.WriteAllTextAsync(home, "private", TestProject.Token);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var name = $"fairlead-test-{Guid.NewGuid():n}";
        using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Bind(new UnixDomainSocketEndPoint("\0" + name));
        local.Listen();
        try
        {
            using var project = new TestProject("project: tiny\n");
            var parameters = $"{{ project: '{project.Root}/secret.txt', store: '{project.State.Store}', home: '{home}', port: {((IPEndPoint)listener.LocalEndpoint).Port}, abstract: {name}, process: {Environment.ProcessId} }}";
            string Step(string step, string more) => $"  {step}: {{ run: /usr/bin/python3 -S probe.py, code: [probe.py], params: {parameters}, outputs: [found.json]{more} }}\n";
            project.Write("secret.txt", "of the project");
            project.Write("probe.py", Probe);
            project.Write("fairlead.yaml", "project: tiny\nsteps:\n" + Step("confined", "") + Step("networked", ", network: true") + Step("plain", ", sandbox: none"));

            var report = await project.RunAsync();

            Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
            string[] all = ["abstract", "home", "network", "process", "project", "store", "variable"];
            Assert.Empty(await FoundAsync(project, "confined"));
            // Abstract sockets belong to the network; that a step which declares it can reach them is documented.
            Assert.Equal(["abstract", "network"], await FoundAsync(project, "networked"));
            Assert.Equal(all[..^1], await FoundAsync(project, "plain"));
        }
        finally
        {
            File.Delete(home);
        }
    }

    [Fact]
    public async Task Step_InNamespaces_FindsTheSamePlacesAndNamesEverywhere()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              one: { run: "mkdir -p out/t/deep && echo data > out/t/deep/x && echo y > out/y", outputs: [t, y] }
              a:
                run: |
                  { hostname; pwd; echo "$HOME $TMPDIR $FAIRLEAD_IN_T $FAIRLEAD_OUT_RESULT $MARK $LD_LIBRARY_PATH"; cat in/t/deep/x; ls; ls /; ls /home /dev/shm
                    ls /proc | grep -c '^[0-9]*$'; id -un; grep ^Cap /proc/self/status; grep NoNewPrivs /proc/self/status; } > out/result
                  touch in/new 2>/dev/null && echo "wrote into in" >> out/result
                  echo z 2>/dev/null >> in/y && echo "wrote over an input" >> out/result
                  (echo z >> code/c.txt) 2>/dev/null && echo "wrote over code" >> out/result
                  echo beside > code/object && echo scratch > here && echo temporary > /tmp/x && echo home > ~/x && cat code/c.txt >> out/result
                  ln in/y out/link 2>/dev/null && echo "linked an input" >> out/result
                  mount -t tmpfs none /mnt 2>/dev/null && echo "mounted" >> out/result
                  true
                code: [code]
                inputs: { t: one/t, y: one/y }
                env: { MARK: m, LD_LIBRARY_PATH: /step/lib }
                outputs: [result]
            """);
        project.Write("code/c.txt", "code\n");

        var report = await project.RunAsync();

        Assert.True(report.Succeeded, report.Steps[^1].Reason);
        var run = (await project.Catalog.FindAsync(report.Steps[1].Run!.Id, TestProject.Token))!;
        var lines = (await project.ReadOutputAsync(run, "result")).TrimEnd().Split('\n');
        Assert.Equal(["fairlead", "/step", "/home/step /tmp /step/in/t /step/out/result m /step/lib", "data", "code", "in", "out", "params.json"], lines[..8]);
        Assert.DoesNotContain(lines, line => line.StartsWith("wrote", StringComparison.Ordinal) || line is "linked an input" or "mounted");
        Assert.Contains(lines, line => line.StartsWith("CapEff:", StringComparison.Ordinal) && line.EndsWith("0000000000000000", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("NoNewPrivs:", StringComparison.Ordinal) && line.EndsWith('1'));
        Assert.Equal("code", lines[^1]);
        Assert.Equal("namespace", run.Sandbox);
        Assert.StartsWith("bubblewrap ", run.SandboxFacts!.Program);
        Assert.Equal((false, null, null), (run.SandboxFacts.HasNetwork, run.SandboxFacts.Limits, run.SandboxFacts.Note));
        Assert.Contains(new KeyPart("sandbox", "namespace"), run.KeyParts);
        Assert.InRange(run.CpuSeconds!.Value, 0.001, 60);
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));
    }

    [Fact]
    public async Task Key_WhenTheSandboxChanges_IsAnotherOneAndSaysWhy()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: echo 1 > out/x, outputs: [x] }\n");
        await project.OutcomesAsync();
        foreach (var (more, reason) in new[] { (", network: true", "sandbox namespace > namespace network"), (", sandbox: none", "sandbox namespace network > none"), (", sandbox: namespace", "same key as a-1") })
        {
            project.Write("fairlead.yaml", $"project: tiny\nsteps:\n  a: {{ run: echo 1 > out/x, outputs: [x]{more} }}\n");
            Assert.EndsWith(reason, Assert.Single(await project.OutcomesAsync()));
        }
    }

    [Fact]
    public async Task Step_WithoutBubblewrap_RunsUnconfinedAndSaysSoOnce()
    {
        using var project = new TestProject(
            "project: tiny\nsteps:\n  a: { run: pwd > out/x, outputs: [x] }\n  b: { run: pwd > out/x, outputs: [x] }\n", options => options with { HasNamespaces = false });
        var report = await project.RunAsync();

        Assert.True(report.Succeeded, report.Steps[0].Reason);
        Assert.StartsWith("[fairlead] No sandbox: ", Assert.Single(project.Events.OfType<StepOutput>()).Line);
        var run = (await project.Catalog.FindAsync(new RunId("b", 1), TestProject.Token))!;
        Assert.Equal("none", run.Sandbox);
        Assert.True(run.SandboxFacts!.HasNetwork);
        Assert.Contains("can read all that the user can", run.SandboxFacts.Note);

        project.Write("fairlead.yaml", "project: tiny\nsteps:\n  a: { run: pwd > out/x, outputs: [x], sandbox: namespace }\n");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
        Assert.StartsWith("Step 'a' asks for `sandbox: namespace`, and ", problem.Message);
    }

    [Fact]
    public async Task Step_ThatIsEnded_TakesItsWholeTreeWithIt()
    {
        // The argument tells its processes from all others of the machine.
        var seconds = 100_000 + Environment.ProcessId;
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a:
                run: |
                  setsid sleep {{seconds}} &
                  (setsid sh -c 'trap "" TERM HUP; exec sleep {{seconds}}' > /dev/null 2>&1 < /dev/null &) &
                  echo started; wait; sleep {{seconds}}
                outputs: [x]
                resources: { timeout: 1s }
              b: { run: "setsid sleep {{seconds}} & echo 1 > out/x", outputs: [x] }
            """);

        var report = await project.RunAsync();

        Assert.Contains("longer than its timeout", report.Steps[0].Reason);
        Assert.Equal(StepOutcome.Executed, report.Steps[1].Outcome);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), process => IsSleep(process, seconds));
    }

    [Fact]
    public async Task LockFile_OfATool_IsPartOfTheKeyAndNotSeen()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: "ls > out/x", tools: { sh: [deps/a.lock], ls: [deps/a.lock, b.lock] }, outputs: [x] }
            """);
        project.Write("deps/a.lock", "one 1.0");
        project.Write("b.lock", "two 1.0");
        await project.OutcomesAsync();
        var run = (await project.Catalog.FindAsync(new RunId("a", 1), TestProject.Token))!;
        Assert.Equal("in\nout\nparams.json\n", await project.ReadOutputAsync(run, "x"));
        project.Write("deps/a.lock", "one 1.1");
        Assert.Equal("a executed: lock:deps/a.lock changed", Assert.Single(await project.OutcomesAsync()));
        File.Delete(Path.Combine(project.Root, "b.lock"));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
        Assert.Equal("Step 'a' pins a tool by the file 'b.lock', which does not exist in the project; create it or correct `tools`.", problem.Message);
    }

    private static bool IsSleep(string process, int seconds)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains($"sleep\0{seconds}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<string[]> FoundAsync(TestProject project, string step)
    {
        var run = (await project.Catalog.FindAsync(new RunId(step, 1), TestProject.Token))!;
        using var found = JsonDocument.Parse(await project.ReadOutputAsync(run, "found.json"));
        return [.. found.RootElement.EnumerateObject().Where(property => property.Value.GetBoolean()).Select(property => property.Name).Order(StringComparer.Ordinal)];
    }
}
