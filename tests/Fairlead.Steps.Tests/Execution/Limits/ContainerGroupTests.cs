using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution.Limits;

/// <summary>Groups of containers where the engines put them, in a folder that is laid out as the kernel's.</summary>
public sealed class ContainerGroupTests : IDisposable
{
    private const string Id = "9cc0942a3e79186c1f045c5e0d04b895a86c0b08ee89f4748c8f9d1b3b81adad";
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("cgroup/machine.slice/libpod-{0}.scope", "cgroup/machine.slice/libpod-{0}.scope/container")]
    [InlineData("cgroup/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{0}.scope", "cgroup/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-conmon-{0}.scope")]
    [InlineData("cgroup/system.slice/docker-{0}.scope", "cgroup/system.slice/docker.service")]
    [InlineData("cgroup/docker/{0}", "cgroup/docker/other")]
    public void ReadUsage_InTheUnifiedHierarchy_IsThatOfTheContainer(string group, string other)
    {
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, group, Id);
        var group2 = string.Format(System.Globalization.CultureInfo.InvariantCulture, other, Id);
        folder.Write($"{group2}/cpu.stat", "usage_usec 990000\n");
        folder.Write($"{group2}/memory.peak", "990000\n");
        using var read = Open();
        Assert.Null(read.Look(1));
        Assert.Null(read.ReadUsage());

        folder.Write("id", Id + "\n");
        folder.Write($"{path}/cpu.stat", "usage_usec 1500000\nuser_usec 1000000\n");
        folder.Write($"{path}/memory.peak", "4096\n");
        read.Look(1);
        Assert.Equal(new LimitUsage(1.5, 4096), read.ReadUsage());

        // It goes with the container; what was read stays.
        Directory.Delete(folder["cgroup"], recursive: true);
        read.Look(1);
        Assert.Equal(new LimitUsage(1.5, 4096), read.ReadUsage());
    }

    [Fact]
    public void ReadUsage_InTheOlderHierarchies_IsPutTogether()
    {
        folder.Write("id", Id);
        folder.Write($"cgroup/cpuacct/libpod_parent/libpod-{Id}/cpuacct.usage", "2500000000\n");
        folder.Write($"cgroup/cpuacct/libpod_parent/conmon-{Id}/cpuacct.usage", "9900000000\n");
        folder.Write($"cgroup/memory/libpod_parent/libpod-{Id}/memory.max_usage_in_bytes", "8192\n");
        using var read = Open();
        read.Look(1);
        Assert.Equal(new LimitUsage(2.5, 8192), read.ReadUsage());
    }

    [Fact]
    public void ReadUsage_WhereTheKernelTellsNoPeak_IsTheLargestThatWasSeen()
    {
        folder.Write("id", Id);
        var path = $"cgroup/docker/{Id}";
        using var read = Open();
        foreach (var (processor, memory) in ((string, string)[])[("1000", "50"), ("2000", "70"), ("3000", "60")])
        {
            folder.Write($"{path}/cpu.stat", $"usage_usec {processor}\n");
            folder.Write($"{path}/memory.current", $"{memory}\n");
            read.Look(1);
        }

        Assert.Equal(new LimitUsage(0.003, 70), read.ReadUsage());
    }

    [Fact]
    public void ReadUsage_WhereThereAreNoGroups_IsNotKnown()
    {
        folder.Write("id", Id);
        using var read = Open();
        Assert.Null(read.Look(1));
        Assert.Null(read.ReadUsage());
    }

    public void Dispose() => folder.Dispose();

    private ContainerGroup Open() => new(isLimited: false, folder["id"], folder["cgroup"]);
}
