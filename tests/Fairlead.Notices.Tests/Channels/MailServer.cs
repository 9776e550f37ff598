using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>aiosmtpd, which ends with this test.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly Process process;
    private readonly string output;

    private MailServer(Process process, int port, string output) => (this.process, Port, this.output) = (process, port, output);

    public int Port { get; }

    public IReadOnlyList<JsonElement> Received => File.Exists(output) ? [.. File.ReadAllLines(output).Select(line => JsonDocument.Parse(line).RootElement)] : [];

    public static async Task<MailServer> StartAsync(string folder, string mode, string certificate, string key)
    {
        var port = FreePort();
        var output = Path.Combine(folder, "mail.jsonl");
        string[] arguments = ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Channels", "mail-server.py"), port.ToString(), mode, certificate, key, output];
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new MailServer(process, port, output);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
