using System.Net;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;

namespace Fairlead.Serving.Tests.Forwarding;

public sealed class CallCaptureTests
{
    [Fact]
    public async Task Call_Unary_IsCapturedWithItsBodies()
    {
        await using var host = await ForwardHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "echo?x=1") { Content = new StringContent("sent", Encoding.UTF8, "text/x") };
        request.Headers.Add("fairlead-unit", "unit-7");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await host.SendAsync(request);
        await host.WaitForRecordsAsync(1);

        var record = host.Log.Single();
        Assert.Equal(response.Headers.GetValues("fairlead-prediction").Single(), record.Id.ToString());
        Assert.Equal("echo-prod-v001", record.Context.ServerGroup.ToString());
        Assert.Equal((200, 1, "unit-7", "0af7651916cd43dd8448eb211c80319c", ""), (record.Status, record.Rows, record.Unit, record.TraceId, record.Error));
        Assert.Equal(["POST", "/echo?x=1", "text/x; charset=utf-8", "4", "sent"], CallTensors.Of(record.Inputs));
        Assert.Equal(["text/plain", "4", "sent"], CallTensors.Of(record.Outputs));
    }

    [Fact]
    public async Task Body_BeyondTheBound_IsCapturedBySize()
    {
        await using var host = await ForwardHost.StartAsync();
        using var content = new ByteArrayContent(new byte[(1 << 20) + 1]);

        using var response = await host.Client.PostAsync("echo", content, TestContext.Current.CancellationToken);
        await host.WaitForRecordsAsync(1);

        Assert.Equal((1 << 20) + 1, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        Assert.Equal(["POST", "/echo", "", $"{(1 << 20) + 1}", CallTensors.Absent], CallTensors.Of(host.Log.Single().Inputs));
        Assert.Equal(OmittedParts.Inputs | OmittedParts.Outputs, host.Log.Single().Omitted);
    }

    [Fact]
    public async Task ErrorStatus_OfTheService_IsCapturedAsItsAnswer()
    {
        await using var host = await ForwardHost.StartAsync();

        using var response = await host.Client.GetAsync("status?503", TestContext.Current.CancellationToken);
        await host.WaitForRecordsAsync(1);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal((503, ""), (host.Log.Single().Status, host.Log.Single().Error));
        Assert.Equal(["text/plain", "7", "as told"], CallTensors.Of(host.Log.Single().Outputs));
    }

    [Fact]
    public async Task Acknowledged_Answer_WaitsForTheDisk()
    {
        await using var host = await ForwardHost.StartAsync(durability: CaptureDurability.Acknowledged);
        var disk = new TaskCompletionSource();
        host.Log.Flush = () => disk.Task;

        var answer = host.GetAsync("hello");
        await host.WaitForRecordsAsync(1);
        Assert.False(answer.IsCompleted);
        disk.SetResult();

        Assert.StartsWith("hello", await answer);
        Assert.Single(host.Log.Records);
    }

    [Fact]
    public async Task Acknowledged_AnswerThatCannotBeRecorded_IsNotGiven()
    {
        await using var host = await ForwardHost.StartAsync(durability: CaptureDurability.Acknowledged);
        host.Log.Refuses = true;

        using var response = await host.Client.GetAsync("hello", TestContext.Current.CancellationToken);

        Assert.Contains("could not be recorded", await TestHost.ErrorAsync(response, HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task Acknowledged_LongAnswer_EndsOnlyWhenItIsRecorded()
    {
        await using var host = await ForwardHost.StartAsync(durability: CaptureDurability.Acknowledged);
        host.Log.Refuses = true;

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.GetAsync("big?4000000"));
    }

    [Fact]
    public async Task Relaxed_AnswerThatCannotBeRecorded_IsGivenAllTheSame()
    {
        await using var host = await ForwardHost.StartAsync();
        host.Log.Refuses = true;

        Assert.StartsWith("hello", await host.GetAsync("hello"));
    }
}
