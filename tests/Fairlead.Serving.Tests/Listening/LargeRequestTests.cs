using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Rpc;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Listening;

/// <summary>Requests and answers of many megabytes: they arrive whole, count against the host's bound, and leave nothing behind.</summary>
public sealed class LargeRequestTests
{
    private const string Infer = "/v2/models/score/infer";
    private const int Rows = 900_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Rest_AnswerOfManyPieces_ArrivesWhole(string version)
    {
        await using var host = await TestHost.StartServingAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Client.BaseAddress!, Infer)) { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new StringContent(Body(), Encoding.UTF8, "application/json");

        using var response = await http.SendAsync(request, Token);

        var json = await TestHost.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sums = json.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(sum => sum.GetSingle()).ToArray();
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (row % 1000) + 1000f), sums);
        await UntilNothingIsHeldAsync(host);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grpc_AnswerOfManyPieces_ArrivesWhole(bool isStream)
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = new GrpcChannel(host.Client.BaseAddress!, new GrpcChannelOptions { Time = TimeProvider.System, MaxMessageBytes = int.MaxValue });

        var answer = isStream ? await StreamAsync(channel) : await channel.UnaryAsync(InferCall.Infer, Message(), ModelInferResponse.Parser, GrpcCallOptions.None, Token);

        Assert.Equal(Numbers().Select(number => number + 1000), MemoryMarshal.Cast<byte, float>(answer.RawOutputContents[0].Span).ToArray());
        await UntilNothingIsHeldAsync(host);
    }

    [Fact]
    public async Task Rest_ClientThatDoesNotReadItsAnswer_LargeRequestsAreRefusedUntilItLeaves()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = 8_000_000, BodyMemoryBytes = 26_000_000 });
        var body = Body();
        using (var idle = await RawConnection.OpenAsync(host.Port, receiveBuffer: 4096))
        {
            await idle.SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.StartsWith("HTTP/1.1 200", await idle.ReadHeadAsync(), StringComparison.Ordinal);

            using var refused = await host.PostAsync(Infer, body);
            using var answered = await host.InferAsync(1, 2);

            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("under way", await TestHost.ErrorAsync(refused, HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
            Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
            idle.Reset();
        }

        await UntilNothingIsHeldAsync(host);
        using var last = await host.PostAsync(Infer, body);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
    }

    [Fact]
    public async Task Rest_OneRequestThatNeedsMoreThanTheBound_IsAnsweredWhenItIsAlone()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = 8_000_000, BodyMemoryBytes = 1 });

        using var response = await host.PostAsync(Infer, Body());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<ModelInferResponse> StreamAsync(GrpcChannel channel)
    {
        using var call = channel.Open(InferCall.Service + "ModelStreamInfer", GrpcCallOptions.None, Token);
        await call.WriteAsync(Message());
        call.Complete();
        return (await call.ReadAsync(ModelStreamInferResponse.Parser))!.InferResponse;
    }

    /// <summary>Each round asks the host: no clock decides.</summary>
    private static async Task UntilNothingIsHeldAsync(TestHost host)
    {
        while (!(await host.Client.GetStringAsync("/metrics", Token)).Contains("\nfairlead_request_body_memory_bytes 0\n", StringComparison.Ordinal))
            Token.ThrowIfCancellationRequested();
    }

    private static float[] Numbers() => [.. Enumerable.Range(0, Rows).Select(row => row % 1000f)];

    private static string Body()
    {
        var a = string.Join(',', Numbers());
        var b = "1000" + string.Concat(Enumerable.Repeat(",1e3", Rows - 1));
        return $$"""{"inputs":[{"name":"a","shape":[{{Rows}},1],"datatype":"FP32","data":[{{a}}]},{"name":"b","shape":[{{Rows}},1],"datatype":"FP32","data":[{{b}}]}]}""";
    }

    private static ModelInferRequest Message()
    {
        var b = new float[Rows];
        Array.Fill(b, 1000);
        return new ModelInferRequest
        {
            ModelName = "score",
            Inputs =
            {
                new ModelInferRequest.Types.InferInputTensor { Name = "a", Datatype = "FP32", Shape = { Rows, 1 } },
                new ModelInferRequest.Types.InferInputTensor { Name = "b", Datatype = "FP32", Shape = { Rows, 1 } },
            },
            RawInputContents = { ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(Numbers())), ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(b)) },
        };
    }
}
