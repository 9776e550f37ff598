using Fairlead.Domain.Projects;

namespace Fairlead.Serving.Tests.States;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_RequestUnderWay_IsAnsweredFirst()
    {
        await using var host = await TestHost.StartServingAsync(CaptureDurability.Acknowledged);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Log.Flush = () =>
        {
            asked.TrySetResult();
            return flushed.Task;
        };
        var answer = host.InferAsync(1, 2);
        await asked.Task;

        var stopping = host.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        flushed.SetResult();

        using var response = await answer;
        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.InferAsync(1, 2));
    }
}
