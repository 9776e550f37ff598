using Fairlead.Domain.Services;

namespace Fairlead.Platforms.Tests.Local.Instances.Sandbox;

public sealed class SandboxTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly InstanceWorld world;

    public SandboxTests() => world = new InstanceWorld(folder.Path);

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Read_OfWhatWasNotDeclared_Fails()
    {
        var secret = folder.File("secret.txt");
        await File.WriteAllTextAsync(secret, "of the repository", TestContext.Current.CancellationToken);
        await using var other = await world.StartAsync("echo mine >$HOME/key; echo up; sleep 60", isSandboxed: true, number: 2);
        await InstanceWorld.WaitForLineAsync(other, "up");
        var key = Directory.GetFiles(Path.Combine(world.State.Host, "instances"), "key", SearchOption.AllDirectories).Single();

        var (_, lines) = await world.RunAsync(
            $"cat {secret} {key} {world.State.Store}/index.json /etc/shadow {world.LogFile} 2>/dev/null; ls -d {folder.Path}/secret.txt {world.State.Store} /root/.ssh /home 2>/dev/null; echo end",
            isSandboxed: true);

        Assert.Equal(["end"], lines);
    }

    [Fact]
    public async Task Read_OfTheSameFilesWithoutASandbox_Succeeds()
    {
        var secret = folder.File("secret.txt");
        await File.WriteAllTextAsync(secret, "of the repository", TestContext.Current.CancellationToken);

        var (_, lines) = await world.RunAsync($"cat {secret}", isSandboxed: false);

        Assert.Equal(["of the repository"], lines);
    }

    [Fact]
    public async Task Write_IntoTheCode_Fails()
    {
        var (_, lines) = await world.RunAsync("touch new 2>/dev/null || echo refused; echo x >>readme || echo refused; umount . 2>/dev/null || echo refused; cat readme", isSandboxed: true);

        Assert.Equal(3, lines.Count(line => line == "refused"));
        Assert.Equal("nothing", lines[^1]);
    }

    [Fact]
    public async Task Processes_OfOthers_AreNotSeen()
    {
        var (_, lines) = await world.RunAsync("ls /proc | grep -c '^[0-9]*$'; hostname", isSandboxed: true);

        Assert.InRange(int.Parse(lines[0]), 1, 5);
        Assert.Equal("fairlead", lines[1]);
    }

    [Fact]
    public async Task Tool_OutsideTheSystemFolders_IsFoundWithItsOwnRoot()
    {
        using var tools = new TestFolder();
        Directory.CreateDirectory(tools.File("bin"));
        await File.WriteAllTextAsync(tools.File("data"), "of the tool", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(tools.File("bin/greet"), "#!/bin/sh\ncat \"$(dirname \"$0\")/../data\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(tools.File("bin/greet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = new CommandSettings { Variables = new Dictionary<string, string> { ["PATH"] = $"/usr/bin:/bin:{tools.File("bin")}" } };

        var (_, lines) = await world.RunAsync("greet; echo; echo end", isSandboxed: true, settings: settings);

        Assert.Equal(["of the tool", "end"], lines);
    }
}
