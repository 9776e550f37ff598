using System.Diagnostics;

namespace Fairlead.Serving.Tests.States;

public sealed class SlowDiskTests
{
    [Fact]
    public async Task Apply_TheDiskDoesNotAnswer_RequestsGoTheNewWayAlready()
    {
        await using var host = await TestHost.StartServingAsync();
        var next = await host.GroupAsync(TestHost.Subtractor, 2);

        // Whoever opens a pipe for writing waits until somebody reads from it.
        var kept = Path.Combine(host.Folder.Host, "desired-state.json");
        using (var mkfifo = Process.Start("mkfifo", [kept + ".new"]))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        var change = host.Server.Routes.NextChange;
        var apply = Task.Run(() => host.ApplyAsync(2, next), TestContext.Current.CancellationToken);
        await change.WaitAsync(TestContext.Current.CancellationToken);

        using var response = await host.InferAsync(5, 2);
        Assert.Equal("score-prod-v002", response.Headers.GetValues("fairlead-server-group").Single());
        Assert.False(apply.IsCompleted);

        await using (var pipe = new FileStream(kept + ".new", FileMode.Open, FileAccess.Read))
            await pipe.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await apply).AppliedVersion);
    }
}
