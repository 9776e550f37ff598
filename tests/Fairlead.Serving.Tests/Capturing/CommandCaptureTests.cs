using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Grpc.Client;
using Fairlead.Serving.Tests.Forwarding;
using Fairlead.Serving.Tests.Shadows;

namespace Fairlead.Serving.Tests.Capturing;

/// <summary>What a command service says of its capture.</summary>
public sealed class CommandCaptureTests
{
    [Fact]
    public async Task Redact_MembersOfJsonBodies_AreNullInRequestAndAnswer()
    {
        await using var host = await StartAsync(new CapturePolicy { Redact = ["user.name", "path"], Hash = ["user.id", "unit"] });

        using var response = await host.PostAsync("/services/echo/echo?q=s3cr3t", """{"user":{"name":"s3cr3t","id":7,"age":30}}""", ("fairlead-unit", "7"));
        var record = Assert.Single(await host.Log.WaitAsync(1));

        var hash = new CaptureHash(await File.ReadAllBytesAsync(host.Folder.CaptureKey, TestContext.Current.CancellationToken)).Of("7");
        Assert.Contains("s3cr3t", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var body = $$$"""{"user":{"name":null,"id":"{{{hash}}}","age":30}}""";
        Assert.Equal(["POST", CallTensors.Absent, "application/json; charset=utf-8", "42", body], CallTensors.Of(record.Inputs));
        Assert.Equal(["text/plain", "42", body], CallTensors.Of(record.Outputs));
        Assert.Equal((hash, RouteKind.Unit), (record.Unit, record.Route));
        Assert.DoesNotContain("s3cr3t", Encoding.Latin1.GetString([.. record.Inputs, .. record.Outputs]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redact_BodyThatIsNoJson_IsLeftOutMarkedAndCounted()
    {
        await using var host = await StartAsync(new CapturePolicy { Redact = ["name"] });

        (await host.PostAsync("/services/echo/echo", "name=s3cr3t")).Dispose();
        var record = Assert.Single(await host.Log.WaitAsync(1));

        Assert.Equal(["POST", "/echo", "application/json; charset=utf-8", "11", CallTensors.Absent], CallTensors.Of(record.Inputs));
        Assert.Equal(OmittedParts.Inputs | OmittedParts.Outputs, record.Omitted);
        Assert.Equal((2, 0), (Assert.Single(host.Server.Report.Captures).Unreadable, Assert.Single(host.Server.Report.Captures).TooLong));
    }

    [Fact]
    public async Task Redact_GrpcMessageWithoutContract_IsLeftOut()
    {
        await using var host = await StartAsync(new CapturePolicy { Redact = ["name"] }, ServiceProtocol.Grpc);
        using var channel = host.Channel();

        await channel.UnaryAsync("/test.Echo/Unary", "s3cr3t"u8.ToArray(), GrpcCallOptions.None, TestContext.Current.CancellationToken);
        var record = Assert.Single(await host.Log.WaitAsync(1));

        Assert.Equal(["/test.Echo/Unary", "1", "6", CallTensors.Absent], CallTensors.Of(record.Inputs));
        Assert.Equal(OmittedParts.Inputs | OmittedParts.Outputs, record.Omitted);
    }

    [Theory]
    [InlineData("gzip", "hello", "hello")]
    [InlineData("deflate", "hello", "hello")]
    // 2 MiB from 2 kB: no more comes out than would have been kept.
    [InlineData("gzip", "bomb", CallTensors.Absent)]
    public async Task Compressed_GrpcMessage_IsReadableInTheRecord(string encoding, string sent, string kept)
    {
        await using var host = await StartAsync(new CapturePolicy(), ServiceProtocol.Grpc);
        var packed = Pack(encoding, sent == "bomb" ? new byte[2 << 20] : Encoding.UTF8.GetBytes(sent));
        using var request = Request(host, encoding, packed);

        (await host.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        var record = Assert.Single(await host.Log.WaitAsync(1));

        Assert.Equal(["/test.Echo/Unary", "1", $"{packed.Length}", kept], CallTensors.Of(record.Inputs));
        Assert.Equal(200, record.Status);
        Assert.Equal(kept == CallTensors.Absent ? 2 : 0, host.Server.Report.Captures.Sum(report => report.TooLong));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("lz-77")]
    public async Task Compressed_GrpcMessageThatCannotBeUnpacked_IsKeptAsItCame(string encoding)
    {
        await using var host = await StartAsync(new CapturePolicy(), ServiceProtocol.Grpc);
        using var request = Request(host, encoding, "nonsense"u8.ToArray());

        (await host.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        var record = Assert.Single(await host.Log.WaitAsync(1));

        Assert.Equal(["/test.Echo/Unary", "1", "8", "nonsense"], CallTensors.Of(record.Inputs));
    }

    [Theory]
    [InlineData(10, 10, false)]
    [InlineData(10, 11, true)]
    [InlineData(2 << 20, (1 << 20) + 5, false)]
    [InlineData(2 << 20, (2 << 20) + 1, true)]
    public async Task MaxBody_OfBothSides_DecidesWhatIsKept(int longest, int length, bool isOmitted)
    {
        await using var host = await StartAsync(new CapturePolicy { MaxBody = longest });

        (await host.PostAsync("/services/echo/echo", new string('x', length))).Dispose();
        var record = Assert.Single(await host.Log.WaitAsync(1));

        Assert.Equal(isOmitted ? OmittedParts.Inputs | OmittedParts.Outputs : OmittedParts.None, record.Omitted);
        Assert.Equal(isOmitted ? CallTensors.Absent : new string('x', length), CallTensors.Of(record.Inputs)[4]);
        Assert.Equal(isOmitted ? 2 : 0, host.Server.Report.Captures.Sum(report => report.TooLong));
    }

    [Fact]
    public async Task Sample_Calls_AreLeftOutByUnitAndCounted()
    {
        await using var host = await StartAsync(new CapturePolicy { Sample = 0.5, MaxBody = 1 });

        for (var n = 0; n < 60; n++)
            (await host.PostAsync("/services/echo/echo", "long", ("fairlead-unit", $"unit-{n % 20}"))).Dispose();
        while (host.Log.Records.Count + host.Server.Report.Captures.Sum(report => report.Sampled) < 60)
            await Task.Yield();

        var units = host.Log.Records.GroupBy(record => record.Unit).ToList();
        Assert.InRange(units.Count, 3, 17);
        Assert.All(units, unit => Assert.Equal(3, unit.Count()));
        var report = Assert.Single(host.Server.Report.Captures);
        Assert.Equal((60 - (3 * units.Count), 6 * units.Count), (report.Sampled, report.TooLong));
    }

    [Fact]
    public async Task Call_ShedOrOverdueInTheQueue_IsRecorded()
    {
        await using var host = await TestHost.StartAsync(runsPrograms: true);
        var group = await CallShadowTests.GroupAsync(host, ServiceProtocol.Http, 1);
        var limits = new ServingLimits { Concurrency = 1, Queue = 1, Deadline = TimeSpan.FromMilliseconds(700) };
        await host.ApplyAsync(1, group with { Service = group.Service with { Limits = limits } });

        var first = host.Client.GetAsync("/services/echo/hang", TestContext.Current.CancellationToken);
        while (host.Server.Routes.Current.Groups[0].Admission.UnderWay == 0)
            await Task.Yield();
        // Both have the same time, so the second may get the place of the first for its last moment.
        var second = host.Client.GetAsync("/services/echo/hang", TestContext.Current.CancellationToken);
        while (host.Server.Routes.Current.Groups[0].Admission.Waiting == 0)
            await Task.Yield();
        using var third = await host.PostAsync("/services/echo/echo", "more", ("fairlead-unit", "u"));
        (await first).Dispose();
        (await second).Dispose();
        var records = await host.Log.WaitAsync(3);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal([429, 504, 504], records.Select(record => record.Status).Order());
        var shed = records.Single(record => record.Status == 429);
        Assert.Equal((RouteKind.Unit, "u"), (shed.Route, shed.Unit));
        Assert.Contains("more requests than it takes", shed.Error, StringComparison.Ordinal);
        Assert.Equal("/echo", CallTensors.Of(shed.Inputs)[1]);
    }

    private static byte[] Pack(string encoding, byte[] message)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest) : new ZLibStream(packed, CompressionLevel.Fastest))
            packer.Write(message);
        return packed.ToArray();
    }

    /// <summary>A unary call whose message is marked as compressed.</summary>
    private static HttpRequestMessage Request(TestHost host, string encoding, byte[] message)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{host.Port}/test.Echo/Unary")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.Add("grpc-encoding", encoding);
        request.Headers.Add("te", "trailers");
        return request;
    }

    private static async Task<TestHost> StartAsync(CapturePolicy policy, ServiceProtocol protocol = ServiceProtocol.Http)
    {
        var host = await TestHost.StartAsync(runsPrograms: true);
        var group = await CallShadowTests.GroupAsync(host, protocol, 1);
        var report = await host.ApplyAsync(1, group with { Service = group.Service with { Capture = policy } });
        Assert.Equal((1, 0), (report.AppliedVersion, report.Failures.Count));
        return host;
    }
}
