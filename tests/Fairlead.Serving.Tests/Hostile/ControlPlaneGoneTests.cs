using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Deployments;
using Fairlead.Serving.Tests.States;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Without its control plane the host goes on with what it has.</summary>
public sealed class ControlPlaneGoneTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Absence = TimeSpan.FromMinutes(Campaign.Rounds(10, 180));

    [Fact]
    public async Task Host_ControlPlaneGoneForLong_AsksPatientlyServesOnAndFollowsAgain()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-alone-");
        try
        {
            var time = new SteppedTime();
            var port = FreePort();
            await using (var host = await TestHost.StartAsync(root.FullName, options => options with { ControlUrl = new Uri($"http://127.0.0.1:{port}/") }, time))
            {
                await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1));
                var asked = await WaitOutAsync(host, time);

                // The wait grows to its bound and stays there: neither a hammer nor a shrug.
                Assert.InRange(asked, Absence / LongestWait, (Absence / LongestWait) + 50);
                await AssertFollowsAsync(host, time, port);
            }

            await using var alone = await TestHost.StartAsync(root.FullName);
            Assert.Equal(2, alone.Server.Report.AppliedVersion);
            await AssertServesAsync(alone, 3);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Moves the clock from wait to wait; returns how often the host asked.</summary>
    private static async Task<int> WaitOutAsync(TestHost host, SteppedTime time)
    {
        var asked = 0;
        while (time.Now < Absence)
        {
            await StepAsync(time);
            if (asked++ % 50 == 0)
                await AssertServesAsync(host, 7);
        }

        return asked;
    }

    private static async Task AssertFollowsAsync(TestHost host, SteppedTime time, int port)
    {
        await using var control = await TestControlPlane.StartAsync(port);
        control.Publish(new DesiredState { Version = 2, Project = "test", Environments = [new("prod")], ServerGroups = [await host.GroupAsync(TestHost.Subtractor, 2)] });
        await StepAsync(time);
        await control.ReportAsync(report => report.AppliedVersion == 2);
        await AssertServesAsync(host, 3);
    }

    /// <summary>Lets the next wait of the host be over. Longer timers are those of connections.</summary>
    private static async Task StepAsync(SteppedTime time)
    {
        TimeSpan wait;
        do
            wait = await time.Armed.ReadAsync(TestContext.Current.CancellationToken);
        while (wait > LongestWait);
        time.Advance(wait);
    }

    private static async Task AssertServesAsync(TestHost host, float expected)
    {
        using var answer = await host.InferAsync(5, 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, TestHost.ValueOf(await TestHost.JsonAsync(answer)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
