using System.Globalization;
using System.Net.Sockets;
using Fairlead.Artifacts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Platforms.Local.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Platforms.Tests.Local.Instances;

/// <summary>A project folder with a real store and a platform of its own.</summary>
internal sealed class InstanceWorld : IDisposable
{
    /// <summary>A program with a child, and a grandchild in a session of its own; it prints what it has begun.</summary>
    public const string Family = "/usr/bin/python3 -u family.py";

    private readonly LocalArtifactStore store;

    public InstanceWorld(string root)
    {
        State = new StateFolder(root);
        Secrets = new LocalSecretVault(State, TimeProvider.System);
        store = LocalArtifactStore.Open(State.Store, TimeProvider.System);
        Platform = NewPlatform();
    }

    public static IReadOnlyDictionary<string, string> FamilyFiles { get; } = new Dictionary<string, string>
    {
        ["family.py"] =
            """
            import os, subprocess, sys, time
            subprocess.Popen(["sleep", "301"])
            subprocess.Popen(["setsid", "sleep", "302"])
            print("family", flush=True)
            time.sleep(300)
            """,
    };

    public StateFolder State { get; }

    public LocalSecretVault Secrets { get; }

    public LocalInstancePlatform Platform { get; }

    public static ServerGroupName Group { get; } = new("echo", "prod", 7);

    public string LogFile => Path.Combine(State.Logs, Group.ToString(), "1.log");

    public LocalInstancePlatform NewPlatform() => new(State, store, TimeProvider.System, NullLoggerFactory.Instance, Secrets);

    public async Task<ArtifactRef> PutCodeAsync(IReadOnlyDictionary<string, string> files)
    {
        var source = Directory.CreateTempSubdirectory("fairlead-code-").FullName;
        try
        {
            foreach (var (name, content) in files)
            {
                var path = Path.Combine(source, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, content);
                if (name.EndsWith(".sh", StringComparison.Ordinal))
                    File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return await store.PutAsync(source, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(source, recursive: true);
        }
    }

    public async Task<InstanceOrder> OrderAsync(string command, bool isSandboxed, IReadOnlyDictionary<string, string>? files = null, CommandSettings? settings = null, int number = 1) =>
        new(
            Group,
            number,
            new ReleasedCommand
            {
                Command = command,
                Code = await PutCodeAsync(files ?? new Dictionary<string, string> { ["readme"] = "nothing" }),
                Protocol = ServiceProtocol.Http,
                Health = new HealthCheck(),
                Settings = (settings ?? new CommandSettings()) with { IsSandboxed = isSandboxed },
            })
        { Release = new ReleaseName(4) };

    public async Task<IInstance> StartAsync(string command, bool isSandboxed, IReadOnlyDictionary<string, string>? files = null, CommandSettings? settings = null, int number = 1) =>
        await Platform.StartAsync(await OrderAsync(command, isSandboxed, files, settings, number), CancellationToken.None);

    /// <summary>Runs a command to its end and returns what it printed, without the times.</summary>
    public async Task<(string Sentence, string[] Lines)> RunAsync(
        string command, bool isSandboxed, IReadOnlyDictionary<string, string>? files = null, CommandSettings? settings = null, IReadOnlyList<ConfigSetting>? config = null)
    {
        var instance = await Platform.StartAsync((await OrderAsync(command, isSandboxed, files, settings)) with { Config = config }, CancellationToken.None);
        var sentence = await instance.Ended.WaitAsync(TestContext.Current.CancellationToken);
        return (sentence, [.. instance.LastLines]);
    }

    public static async Task WaitForLineAsync(IInstance instance, string line)
    {
        while (!instance.LastLines.Contains(line))
        {
            Assert.False(instance.Ended.IsCompleted, $"It ended early: {string.Join('\n', instance.LastLines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<string> AskAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            try
            {
                return await http.GetStringAsync(address, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Processes of this machine whose command line is that one.</summary>
    public static IReadOnlyList<int> Find(string commandLine)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ').Trim() == commandLine)
                    found.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }

    public void Dispose() => store.Dispose();
}
