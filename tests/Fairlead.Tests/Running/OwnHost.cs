using System.Diagnostics;

namespace Fairlead.Tests.Running;

/// <summary>A host that a test starts itself, without any control plane.</summary>
internal sealed class OwnHost : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Process process;
    private readonly Uri url;

    private OwnHost(Process process, Uri url)
    {
        this.process = process;
        this.url = url;
    }

    public int ProcessId => process.Id;

    public static OwnHost Start(TempProject project)
    {
        var start = new ProcessStartInfo("dotnet", [Cli.Program, "host", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}"])
        {
            WorkingDirectory = project.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new OwnHost(process, project.HostUrl);
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = url };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                using var response = await http.GetAsync("v2/health/ready");
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                Assert.False(process.HasExited, "the host ended");
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("the host was not ready within a minute");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }
}
