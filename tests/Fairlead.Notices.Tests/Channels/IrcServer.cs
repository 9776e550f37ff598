using System.Diagnostics;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>ngircd, which ends with this test.</summary>
internal sealed class IrcServer : IDisposable
{
    private readonly string configuration;
    private readonly string folder;
    private Process process;

    private IrcServer(string folder, string configuration, int port, int tlsPort)
    {
        (this.folder, this.configuration, Port, TlsPort) = (folder, configuration, port, tlsPort);
        process = Run();
    }

    public int Port { get; }

    public int TlsPort { get; }

    public static async Task<IrcServer> StartAsync(string folder, string certificate, string key)
    {
        var (port, tlsPort) = (MailServer.FreePort(), MailServer.FreePort());
        var file = Path.Combine(folder, "ngircd.conf");
        await File.WriteAllTextAsync(
            file,
            $"""
            [Global]
            Name = irc.example.net
            Info = test
            Listen = 127.0.0.1
            Ports = {port}
            MotdPhrase = "hello"
            [Limits]
            MaxConnectionsIP = 0
            MaxNickLength = 30
            [Options]
            Ident = no
            DNS = no
            PAM = no
            SyslogFacility = local0
            [SSL]
            CertFile = {certificate}
            KeyFile = {key}
            Ports = {tlsPort}
            [Channel]
            Name = #locked
            Modes = +tnk
            Key = sesame
            """.Replace("\r", "", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var server = new IrcServer(folder, file, port, tlsPort);
        await server.WaitAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = Run();
        await WaitAsync();
    }

    public void Stop()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Stop();
        process.Dispose();
    }

    private Process Run()
    {
        var started = Process.Start(new ProcessStartInfo("/usr/sbin/ngircd", ["-n", "-f", configuration]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        started.OutputDataReceived += (_, _) => { };
        started.ErrorDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private async Task WaitAsync()
    {
        while (true)
        {
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
