using System.Security.Cryptography;
using Fairlead.Serving.Telemetry.Export;
using Fairlead.Serving.Tests.Rpc;
using Fairlead.Serving.Tests.Shadows;

namespace Fairlead.Serving.Tests.Telemetry.Export;

public sealed class OtlpExportTests
{
    private const string ParentSpan = "b7ad6b7169203331";

    [Fact]
    public async Task Infer_SampledTrace_IsExportedUnderTheClientsSpan()
    {
        await using var collector = new Collector();
        var trace = NewTrace();
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(collector.Url) });

        using var response = await host.InferAsync(1, 2, ("traceparent", Parent(trace)));
        var spans = await collector.Taken.WaitForSpansAsync(trace, 2);

        var request = spans.Single(span => span.Text(5).StartsWith("POST", StringComparison.Ordinal));
        var attributes = request.Attributes(9);
        Assert.Equal((ParentSpan, "POST /v2/models/{model}/infer", 2ul), (request.Hex(4), request.Text(5), request.Number(6)));
        Assert.Equal(("prod", "score", "score-prod-v001", "200"), (attributes["fairlead.environment"], attributes["fairlead.service"], attributes["fairlead.server_group"], attributes["http.response.status_code"]));
        Assert.Equal(host.Log.Single().Id.ToString(), attributes["fairlead.prediction"]);
        Assert.True(request.Number(8) > request.Number(7));
        Assert.Equal($"00-{trace}-{request.Hex(2)}-01", response.Headers.GetValues("traceparent").Single());
        Assert.Equal(request.Hex(2), spans.Single(span => span.Text(5) == "inference").Hex(4));
        var resource = collector.Taken.Spans.First().Resource;
        Assert.Equal(("fairlead-host", "blue"), (resource["service.name"], resource["deployment.colour"]));
        Assert.Equal("secret", collector.Headers["x-key"]);
    }

    [Fact]
    public async Task Infer_ByGrpc_IsDescribedAsRpc()
    {
        await using var collector = new Collector();
        var trace = NewTrace();
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(collector.Url) });
        using var channel = host.Channel();

        await InferCall.ValueAsync(channel, InferCall.Request(1, 2), new KeyValuePair<string, string>("traceparent", Parent(trace)));
        var request = (await collector.Taken.WaitForSpansAsync(trace, 2)).Single(span => span.Hex(4) == ParentSpan);

        Assert.Equal("inference.GRPCInferenceService/ModelInfer", request.Text(5));
        Assert.Equal(("grpc", "0"), (request.Attributes(9)["rpc.system"], request.Attributes(9)["rpc.grpc.status_code"]));
    }

    [Fact]
    public async Task Infer_TraceThatTheClientDoesNotSample_IsNotExported()
    {
        await using var collector = new Collector();
        var (left, taken) = (NewTrace(), NewTrace());
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(collector.Url) });

        using var response = await host.InferAsync(1, 2, ("traceparent", Parent(left, "00")));
        (await host.InferAsync(1, 2, ("traceparent", Parent(taken)))).Dispose();
        await collector.Taken.WaitForSpansAsync(taken, 2);

        Assert.DoesNotContain(collector.Taken.Spans, pair => pair.Span.Hex(1) == left);
        Assert.Equal(Parent(left, "00"), response.Headers.GetValues("traceparent").Single());
    }

    [Fact]
    public async Task Infer_WithoutTraceAndAlwaysSampled_BeginsOne()
    {
        await using var collector = new Collector();
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(collector.Url, ("OTEL_TRACES_SAMPLER", "always_on")) });

        using var response = await host.InferAsync(1, 2);
        var trace = response.Headers.GetValues("traceparent").Single().Split('-')[1];

        await collector.Taken.WaitForSpansAsync(trace, 2);
        Assert.Equal(trace, host.Log.Single().TraceId);
    }

    [Fact]
    public async Task Call_SampledTrace_ReachesTheInstanceThroughTheHostsSpan()
    {
        await using var collector = new Collector();
        var trace = NewTrace();
        await using var host = await TestHost.StartAsync(change: options => options with { TelemetryVariables = Variables(collector.Url) }, runsPrograms: true);
        await host.ApplyAsync(1, await CallShadowTests.GroupAsync(host, Fairlead.Domain.Services.ServiceProtocol.Http, 1));

        using var response = await host.PostAsync("/services/echo/raw", "x", ("traceparent", Parent(trace)), ("tracestate", "vendor=1"));
        var seen = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var spans = await collector.Taken.WaitForSpansAsync(trace, 2);

        var request = spans.Single(span => span.Hex(4) == ParentSpan);
        var forward = spans.Single(span => span.Text(5) == "forward");
        Assert.Equal((request.Hex(2), 3ul), (forward.Hex(4), forward.Number(6)));
        Assert.Contains($"traceparent: 00-{trace}-{forward.Hex(2)}-01\r\n", seen, StringComparison.Ordinal);
        Assert.Contains("tracestate: vendor=1\r\n", seen, StringComparison.Ordinal);
        Assert.Equal($"00-{trace}-{request.Hex(2)}-01", response.Headers.GetValues("traceparent").Single());
        Assert.Equal(trace, host.Log.Records.First().TraceId);
    }

    [Fact]
    public async Task Stop_WithMetrics_SendsTheLastNumbers()
    {
        await using var collector = new Collector();
        await using (var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(collector.Url) }))
        {
            for (var n = 0; n < 5; n++)
                (await host.InferAsync(n, 1)).Dispose();
        }

        var names = collector.Taken.Metrics.Select(pair => pair.Metric.Text(1)).ToList();
        Assert.Contains("fairlead.requests", names);
        var requests = collector.Taken.Metrics.Last(pair => pair.Metric.Text(1) == "fairlead.requests").Metric;
        var point = requests.Within(7, 1).Single(point => point.Attributes(7)["code"] == "2xx");
        Assert.Equal(("score-prod-v001", 5ul), (point.Attributes(7)["server_group"], point.Number(6)));
        var duration = collector.Taken.Metrics.Last(pair => pair.Metric.Text(1) == "fairlead.request.duration").Metric;
        Assert.Equal("s", duration.Text(3));
        Assert.Equal(5ul, duration.Within(9, 1).Single(point => point.Attributes(9)["server_group"] == "score-prod-v001").Number(4));
    }

    [Fact]
    public async Task Infer_CollectorThatIsAway_IsAnswered()
    {
        string url;
        await using (var collector = new Collector())
            url = collector.Url;
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = Variables(url) });

        for (var n = 0; n < 50; n++)
        {
            using var response = await host.InferAsync(n, 1, ("traceparent", Parent(NewTrace())));
            Assert.Equal(n + 1, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        }
    }

    [Fact]
    public async Task Export_ByGrpc_ArrivesWithItsResource()
    {
        await using var collector = await GrpcCollector.StartAsync("take");
        var trace = NewTrace();
        var variables = Variables(collector.Url, ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_METRIC_EXPORT_INTERVAL", "50"));
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = variables });

        (await host.InferAsync(1, 2, ("traceparent", Parent(trace)))).Dispose();
        var spans = await collector.Taken.WaitForSpansAsync(trace, 2);
        var (resource, requests) = await collector.Taken.WaitForMetricAsync("fairlead.requests", metric => metric.Within(7, 1).Any(point => point.Attributes(7)["code"] == "2xx" && point.Number(6) == 1));

        var request = spans.Single(span => span.Hex(4) == ParentSpan);
        Assert.Equal(("POST /v2/models/{model}/infer", "score-prod-v001"), (request.Text(5), request.Attributes(9)["fairlead.server_group"]));
        Assert.Equal(request.Hex(2), spans.Single(span => span.Text(5) == "inference").Hex(4));
        Assert.Equal(("{request}", "score-prod-v001"), (requests.Text(3), requests.Within(7, 1).First().Attributes(7)["server_group"]));
        Assert.All([resource, collector.Taken.Spans.First().Resource], each => Assert.Equal(("fairlead-host", "blue"), (each["service.name"], each["deployment.colour"])));
        Assert.Equal("secret", collector.Key);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("refuse")]
    public async Task Infer_GrpcCollectorThatIsOfNoUse_IsAnswered(string mode)
    {
        await using var collector = await GrpcCollector.StartAsync(mode);
        var variables = Variables(collector.Url, ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_METRIC_EXPORT_INTERVAL", "50"), ("OTEL_BSP_MAX_QUEUE_SIZE", "8"), ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8"));
        await using var host = await TestHost.StartServingAsync(change: options => options with { TelemetryVariables = variables });

        for (var n = 0; n < 200; n++)
        {
            using var response = await host.InferAsync(n, 1, ("traceparent", Parent(NewTrace())));
            Assert.Equal(n + 1, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        }

        // It was really asked, while all of them were answered.
        await collector.Asked;
        Assert.Equal(200, host.Log.Records.Count);
    }

    [Theory]
    [InlineData("", "", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c", "", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c", "", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "OTEL_TRACES_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "OTEL_SDK_DISABLED=true", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", "", false, false)]
    public void Settings_Variables_SayWhatIsExported(string first, string second, bool hasTraces, bool hasMetrics)
    {
        var variables = new[] { first, second }.Where(text => text.Length > 0).Select(text => text.Split('=')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

        var settings = new OtlpSettings(variables);

        Assert.Equal((hasTraces, hasMetrics), (settings.HasTraces, settings.HasMetrics));
    }

    private static Dictionary<string, string> Variables(string url, params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=secret",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.colour=blue",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "20",
        };
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }

    private static string NewTrace() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Parent(string trace, string flags = "01") => $"00-{trace}-{ParentSpan}-{flags}";
}
