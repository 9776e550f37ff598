using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Serving.Tests.Predicting;

public sealed class InferTests
{
    private const string Infer = "/v2/models/score/infer";

    [Fact]
    public async Task Infer_OneRow_IsAnsweredAndCaptured()
    {
        await using var host = await TestHost.StartServingAsync();
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        using var response = await host.PostAsync(Infer, TestHost.Body(1.5f, 2, "mine"), ("fairlead-unit", "unit-7"), ("traceparent", Trace));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await TestHost.JsonAsync(response);
        Assert.Equal("score", answer.GetProperty("model_name").GetString());
        Assert.Equal("v001", answer.GetProperty("model_version").GetString());
        Assert.Equal("mine", answer.GetProperty("id").GetString());
        Assert.Equal(3.5f, TestHost.ValueOf(answer));
        var id = response.Headers.GetValues("fairlead-prediction").Single();
        Assert.Equal(id, answer.GetProperty("parameters").GetProperty("prediction_id").GetString());
        Assert.Equal("score-prod-v001", response.Headers.GetValues("fairlead-server-group").Single());
        Assert.Equal(Trace, response.Headers.GetValues("traceparent").Single());

        var record = host.Log.Single();
        Assert.Equal(id, record.Id.ToString());
        Assert.Equal("score-prod-v001", record.Context.ServerGroup.ToString());
        Assert.Equal(200, record.Status);
        Assert.Equal(1, record.Rows);
        Assert.Equal("unit-7", record.Unit);
        Assert.Equal("mine", record.RequestId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", record.TraceId);
        Assert.Equal("", record.Error);
        Assert.Equal([1.5f], record.FirstInput());
        Assert.Equal([3.5f], record.FirstOutput());
        Assert.Equal(record.Id.UnixMilliseconds, record.TimeMicroseconds / 1000);
        Assert.InRange(record.LatencyMicroseconds, 0, 60_000_000);
        Assert.Equal(1, host.Server.Report.Answered);
        Assert.Equal(1, host.Server.Report.Captured);
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x")]
    public async Task Infer_TraceContextOfAnotherForm_IsLeftOut(string trace)
    {
        await using var host = await TestHost.StartServingAsync();

        using var response = await host.InferAsync(1, 2, ("traceparent", trace));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("traceparent"));
        Assert.Equal("", host.Log.Single().TraceId);
    }

    [Theory]
    [InlineData("{\"inputs\":[{\"name\":\"a\"", "JSON")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1,1],"datatype":"FP32","data":[1]}]}""", "'b'")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1,1],"datatype":"INT64","data":[1]},{"name":"b","shape":[1,1],"datatype":"FP32","data":[1]}]}""", "INT64")]
    public async Task Infer_WrongBody_Is400NamingTheFaultAndCaptured(string body, string expected)
    {
        await using var host = await TestHost.StartServingAsync();

        var response = await host.PostAsync(Infer, body);

        Assert.True(response.Headers.Contains("fairlead-prediction"));
        var error = await TestHost.ErrorAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        var record = host.Log.Single();
        Assert.Equal(400, record.Status);
        Assert.Equal(error, record.Error);
        Assert.Equal(1, record.Rows);
        Assert.Empty(record.Inputs);
        Assert.Empty(record.Outputs);
    }

    [Fact]
    public async Task Infer_InvalidUtf8_Is400()
    {
        await using var host = await TestHost.StartServingAsync();
        using var content = new ByteArrayContent([.. "{\"id\":\""u8, 0xC3, 0x28, .. "\",\"inputs\":[]}"u8]);

        var response = await host.Client.PostAsync(Infer, content, TestContext.Current.CancellationToken);

        await TestHost.ErrorAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Infer_ModelFails_IsAnErrorCapturedWithItsInputs()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestModels.Pick(), 1));

        var response = await host.PostAsync(Infer, """{"inputs":[{"name":"index","shape":[2],"datatype":"INT64","data":[1,99]}]}""");

        Assert.False(response.IsSuccessStatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = host.Log.Single();
        Assert.Equal(json.RootElement.GetProperty("error").GetString(), record.Error);
        Assert.Equal((int)response.StatusCode, record.Status);
        Assert.Equal(2, record.Rows);
        Assert.NotEmpty(record.Inputs);
        Assert.Empty(record.Outputs);
    }

    [Fact]
    public async Task Infer_ManyRowsInPieces_IsGatheredAndAnswered()
    {
        const int Rows = 200_000;
        await using var host = await TestHost.StartServingAsync();
        var numbers = string.Join(',', Enumerable.Range(0, Rows));
        var body = $$"""{"inputs":[{"name":"a","shape":[{{Rows}},1],"datatype":"FP32","data":[{{numbers}}]},{"name":"b","shape":[{{Rows}},1],"datatype":"FP32","data":[{{numbers}}]}]}""";

        using var response = await host.PostAsync(Infer, body);

        var data = (await TestHost.JsonAsync(response)).GetProperty("outputs")[0].GetProperty("data");
        Assert.Equal(Enumerable.Range(0, Rows).Select(n => 2f * n), data.EnumerateArray().Select(n => n.GetSingle()));
        Assert.Equal(Rows, host.Log.Single().Rows);
    }

    [Fact]
    public async Task Infer_RequestsInOnePacket_AreAnsweredInOrder()
    {
        await using var host = await TestHost.StartServingAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);
        var requests = new StringBuilder();
        for (var n = 0; n < 20; n++)
        {
            var body = TestHost.Body(n, 1);
            requests.Append($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        }

        await connection.SendAsync(requests.ToString());

        for (var n = 0; n < 20; n++)
        {
            var (status, body) = await connection.ReadAsync();
            Assert.Equal(200, status);
            using var json = JsonDocument.Parse(body);
            Assert.Equal(n + 1f, TestHost.ValueOf(json.RootElement));
        }
    }

    [Fact]
    public async Task Infer_ThousandsOfRequests_HaveIdsThatDiffer()
    {
        await using var host = await TestHost.StartServingAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var n = 0; n < 250; n++)
                (await host.InferAsync(1, 2)).Dispose();
        }));

        Assert.Equal(2000, host.Log.Records.Select(record => record.Id).Distinct().Count());
        Assert.All(host.Log.Records, record => Assert.Equal(0, record.Id.Row));
    }

    [Fact]
    public async Task Infer_LogRefuses_IsAnsweredAndCountedAsLost()
    {
        await using var host = await TestHost.StartServingAsync();
        host.Log.Refuses = true;

        using var response = await host.InferAsync(1, 2);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (_, status) = await host.GetAsync("/fairlead/status");
        Assert.Equal(1, status.GetProperty("captureLost").GetInt64());
    }

    [Fact]
    public async Task InferAcknowledged_RecordNotFlushedYet_AnswersOnlyAfterTheFlush()
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
        host.Log.Flush = () => Task.CompletedTask;
        using (var other = await host.InferAsync(3, 4))
            Assert.Equal(7, TestHost.ValueOf(await TestHost.JsonAsync(other)));
        Assert.False(answer.IsCompleted);
        flushed.SetResult();

        using var response = await answer;
        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
    }

    [Fact]
    public async Task InferAcknowledged_RecordCannotBeKept_Is503()
    {
        await using var host = await TestHost.StartServingAsync(CaptureDurability.Acknowledged);
        host.Log.Flush = () => Task.FromException(new IOException("the disk is gone"));
        Assert.Contains("flushed", await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);

        host.Log.Refuses = true;
        Assert.Contains("free space", await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }
}
