using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fairlead.Artifacts.Registry;

namespace Fairlead.Artifacts.Tests.Registry;

/// <summary>Debian's docker-registry on a free port, with a folder of its own.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private const string Program = "/usr/bin/docker-registry";
    private readonly Process process;
    private readonly string folder;

    private RegistryProcess(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public string Folder => folder;

    /// <param name="http">Lines below <c>http:</c>.</param>
    /// <param name="auth">The section <c>auth:</c>; empty for none.</param>
    public static async Task<RegistryProcess> StartAsync(string http = "", string auth = "")
    {
        Assert.SkipUnless(File.Exists(Program), "needs docker-registry");
        var folder = Directory.CreateTempSubdirectory("fairlead-registry-").FullName;
        var port = FreePort();
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(config, $"""
            version: 0.1
            log: {"{"} level: error, accesslog: {"{"} disabled: true {"}"} {"}"}
            storage: {"{"} filesystem: {"{"} rootdirectory: {folder}/data {"}"} {"}"}
            http:
              addr: 127.0.0.1:{port}
              secret: of-the-test
            {http}
            {auth}
            """);
        var start = new ProcessStartInfo(Program, ["serve", config]) { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var registry = new RegistryProcess(process, folder, port);
        await registry.WaitAsync();
        return registry;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public RegistryOptions Options(string repository, int? port = null) => new()
    {
        Address = RegistryAddress.Parse($"127.0.0.1:{port ?? Port}/{repository}", isPlain: true),
        Pause = TimeSpan.FromMilliseconds(5),
        Patience = TimeSpan.FromSeconds(10),
    };

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        while (true)
        {
            Assert.False(process.HasExited, "docker-registry has ended");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
