using System.Net;
using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Serving.Tests.Capturing;

/// <summary>What a service says of its capture, through the whole host.</summary>
public sealed class CapturePolicyTests
{
    private const string Infer = "/v2/models/score/infer";

    [Fact]
    public async Task Redact_InputOutputAndUnit_AreNowhereInTheRecord()
    {
        await using var host = await StartAsync(new CapturePolicy { Redact = ["city", "band", "unit"] });

        using var response = await AskAsync(host, "Oslo-s3cr3t", unit: "person-s3cr3t");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("early", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var record = host.Log.Single();
        Assert.Equal("", record.Unit);
        Assert.Equal([null, "8,8", "2,3"], Texts(record.Inputs));
        Assert.Equal(["2.8,3.8", null], Texts(record.Outputs));
        Assert.DoesNotContain("s3cr3t", Encoding.Latin1.GetString([.. record.Inputs, .. record.Outputs]), StringComparison.Ordinal);
        Assert.Equal([TensorType.Bytes, TensorType.Int64, TensorType.Float32], record.Context.Signature.Inputs.Select(spec => spec.Type));
    }

    [Fact]
    public async Task Hash_NumbersTextsAndUnit_AreEqualWhereTheValuesAre()
    {
        await using var host = await StartAsync(new CapturePolicy { Hash = ["city", "hour", "unit"] });

        (await AskAsync(host, "Oslo", unit: "person")).Dispose();
        (await AskAsync(host, "Rome", unit: "person")).Dispose();

        var hash = new CaptureHash(await File.ReadAllBytesAsync(host.Folder.CaptureKey, TestContext.Current.CancellationToken));
        var records = host.Log.Records.ToList();
        Assert.All(records, record => Assert.Equal(hash.Of("person"), record.Unit));
        Assert.Equal($"{hash.Of("Oslo")},{hash.Of("Oslo")}", Texts(records[0].Inputs)[0]);
        Assert.Equal($"{hash.Of("8")},{hash.Of("8")}", Texts(records[0].Inputs)[1]);
        Assert.Equal($"{hash.Of("Rome")},{hash.Of("Rome")}", Texts(records[1].Inputs)[0]);
        Assert.Equal([TensorType.Bytes, TensorType.Bytes, TensorType.Float32], records[0].Context.Signature.Inputs.Select(spec => spec.Type));
        Assert.Equal([-1, 1], records[0].Context.Signature.Inputs[1].Shape);
    }

    [Fact]
    public async Task Hash_AfterARestart_IsTheSameAndTheKeyIsTheOwnersAlone()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-key-").FullName;
        try
        {
            var units = new List<string>();
            for (var start = 0; start < 2; start++)
            {
                await using var host = await TestHost.StartAsync(root);
                var group = await host.GroupAsync(TestHost.Adder, 1);
                await host.ApplyAsync(start + 1, group with { Service = group.Service with { Capture = new CapturePolicy { Hash = ["unit"] } } });
                (await host.InferAsync(1, 2, ("fairlead-unit", "person"))).Dispose();
                units.Add(host.Log.Single().Unit);
                if (!OperatingSystem.IsWindows())
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.Folder.CaptureKey));
            }

            Assert.Equal(CaptureHash.Length, units[0].Length);
            Assert.Equal(units[0], units[1]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task Hash_DamagedKey_IsAReasonNotToServe()
    {
        await using var host = await TestHost.StartAsync();
        Directory.CreateDirectory(host.Folder.Host);
        await File.WriteAllBytesAsync(host.Folder.CaptureKey, new byte[5], TestContext.Current.CancellationToken);
        var group = await host.GroupAsync(TestHost.Adder, 1);

        var report = await host.ApplyAsync(1, group with { Service = group.Service with { Capture = new CapturePolicy { Hash = ["a"] } } });

        Assert.Equal(0, report.AppliedVersion);
        Assert.Contains("capture.key' has 5 bytes and not 32", Assert.Single(report.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redact_RefusedRequest_IsRecordedWithoutTheSentenceThatQuotesIt()
    {
        await using var host = await StartAsync(new CapturePolicy { Redact = ["hour"] });

        var body = """{"inputs":[{"name":"hour","shape":[1,1],"datatype":"INT64","data":["s3cr3t"]}]}""";
        await TestHost.ErrorAsync(await host.PostAsync(Infer, body), HttpStatusCode.BadRequest);

        var record = host.Log.Single();
        Assert.Equal(400, record.Status);
        Assert.Contains("redacted or hashed", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redact_Shadow_IsComparedByTheRealValues()
    {
        await using var host = await TestHost.StartAsync();
        var policy = new CapturePolicy { Redact = ["a", "sum"], Hash = ["b"] };
        var (live, shadow) = (await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Adder, 2, weight: 0));
        await host.ApplyAsync(1, live with { Service = live.Service with { Capture = policy } }, shadow with { Mirror = Weight.All, Service = shadow.Service with { Capture = policy } });

        (await host.InferAsync(1, 2)).Dispose();
        var records = await host.Log.WaitAsync(2);

        Assert.All(records, record => Assert.Equal([null, HashOf(host, "2")], Texts(record.Inputs)));
        Assert.All(records, record => Assert.Equal([null], Texts(record.Outputs)));
        Assert.Equal([RouteKind.Weight, RouteKind.Mirror], records.Select(record => record.Route));
        var report = Assert.Single(host.Server.Report.Shadows);
        while (report.Agreed + report.Differed + report.Failed == 0)
            report = Assert.Single(host.Server.Report.Shadows);
        Assert.Equal((1, 0, 0), (report.Agreed, report.Differed, report.Failed));
    }

    [Fact]
    public async Task Sample_Units_AreKeptWholeAndTheRestIsCounted()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Capture = new CapturePolicy { Sample = 0.5 } });

        for (var n = 0; n < 200; n++)
            (await host.InferAsync(n, 1, ("fairlead-unit", $"unit-{n % 40}"))).Dispose();

        var units = host.Log.Records.GroupBy(record => record.Unit).ToList();
        Assert.InRange(units.Count, 8, 32);
        Assert.All(units, unit => Assert.Equal(5, unit.Count()));
        var report = Assert.Single(host.Server.Report.Captures);
        Assert.Equal(200 - host.Log.Records.Count, report.Sampled);
        Assert.Equal((0, 0, 0), (report.Lost, report.TooLong, report.Unreadable));
        Assert.Equal(200, host.Server.Report.Answered);
        Assert.Contains($"fairlead_capture_omitted_total{{environment=\"prod\",service=\"score\",server_group=\"score-prod-v001\",reason=\"sampled\"}} {report.Sampled}\n", await MetricsAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_Nothing_IsAnsweredAlsoWhereTheDiskMustAcknowledge()
    {
        await using var host = await TestHost.StartServingAsync(CaptureDurability.Acknowledged, service: service => service with { Capture = new CapturePolicy { Sample = 0 } });
        host.Log.Refuses = true;

        using var answer = await host.InferAsync(1, 2);

        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(answer)));
        Assert.Equal((0, 1), (host.Server.Report.CaptureLost, Assert.Single(host.Server.Report.Captures).Sampled));
    }

    [Fact]
    public async Task Sample_ShadowWithoutUnit_IsKeptWithItsLivePrediction()
    {
        await using var host = await TestHost.StartAsync();
        var policy = new CapturePolicy { Sample = 0.5 };
        var (live, shadow) = (await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Adder, 2, weight: 0));
        await host.ApplyAsync(1, live with { Service = live.Service with { Capture = policy } }, shadow with { Mirror = Weight.All, Service = shadow.Service with { Capture = policy } });

        for (var n = 0; n < 60; n++)
            (await host.InferAsync(n, 2)).Dispose();
        while (host.Server.Report.Shadows.Single() is var report && report.Agreed + report.Dropped < 60)
            await Task.Yield();

        var (kept, copies) = (host.Log.Records.Where(record => record.Role == PredictionRole.Live).Select(record => record.Id), host.Log.Records.Where(record => record.Role == PredictionRole.Shadow).Select(record => record.ShadowOf));
        Assert.InRange(kept.Count(), 10, 50);
        Assert.Equal(kept.Order(), copies.Order());
    }

    [Fact]
    public async Task MaxBody_LongerInputs_AreLeftOutMarkedAndCounted()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Capture = new CapturePolicy { MaxBody = 64 } });

        (await host.InferAsync(1, 2)).Dispose();
        (await host.PostAsync(Infer, """{"inputs":[{"name":"a","shape":[8,1],"datatype":"FP32","data":[1,2,3,4,5,6,7,8]},{"name":"b","shape":[8,1],"datatype":"FP32","data":[1,2,3,4,5,6,7,8]}]}""")).Dispose();

        var records = host.Log.Records.ToList();
        Assert.Equal([OmittedParts.None, OmittedParts.Inputs], records.Select(record => record.Omitted));
        Assert.Equal((8, 0), (records[1].Rows, records[1].Inputs.Length));
        Assert.Equal(["2,4,6,8,10,12,14,16"], Texts(records[1].Outputs));
        Assert.Equal(1, Assert.Single(host.Server.Report.Captures).TooLong);
    }

    [Fact]
    public async Task Lost_DiskFull_IsCountedByServerGroup()
    {
        await using var host = await TestHost.StartServingAsync();
        host.Log.Refuses = true;
        (await host.InferAsync(1, 2)).Dispose();
        host.Log.Refuses = false;
        (await host.InferAsync(1, 2)).Dispose();

        var report = Assert.Single(host.Server.Report.Captures);
        Assert.Equal((1, 0), (report.Lost, report.Sampled));
        Assert.Contains("reason=\"lost\"} 1\n", await MetricsAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_OfTheEnvironment_IsInTheContextAndMayChangeWhileItServes()
    {
        await using var host = await TestHost.StartAsync();
        var group = await host.GroupAsync(TestHost.Adder, 1);
        for (var version = 1; version <= 3; version++)
        {
            host.Environments = [new EnvironmentDefinition("prod") { Customer = version < 3 ? "acme" : null }];
            await host.ApplyAsync(version, group);
            (await host.InferAsync(1, version)).Dispose();
        }

        var contexts = host.Log.Records.Select(record => record.Context).ToList();
        Assert.Equal(new List<string?> { "acme", "acme", null }, contexts.Select(context => context.Customer));
        Assert.Same(contexts[0], contexts[1]);
    }

    [Fact]
    public async Task Route_OfEachKind_IsInTheRecord()
    {
        await using var host = await TestHost.StartServingAsync();

        (await host.InferAsync(1, 2)).Dispose();
        (await host.InferAsync(1, 2, ("fairlead-unit", "u"))).Dispose();
        (await host.PostAsync("/v2/models/score/versions/v001/infer", TestHost.Body(1, 2), ("fairlead-unit", "u"))).Dispose();

        Assert.Equal([RouteKind.Weight, RouteKind.Unit, RouteKind.Version], host.Log.Records.Select(record => record.Route));
    }

    private static async Task<TestHost> StartAsync(CapturePolicy policy)
    {
        var host = await TestHost.StartAsync();
        var group = await host.GroupAsync(TestModels.Mixed(), 1);
        var report = await host.ApplyAsync(1, group with { Service = group.Service with { Capture = policy } });
        Assert.Empty(report.Failures);
        return host;
    }

    /// <summary>Two rows of one city at eight.</summary>
    private static Task<HttpResponseMessage> AskAsync(TestHost host, string city, string unit) => host.PostAsync(
        Infer,
        $$"""{"inputs":[{"name":"distance","shape":[2,1],"datatype":"FP32","data":[2,3]},{"name":"city","shape":[2,1],"datatype":"BYTES","data":["{{city}}","{{city}}"]},{"name":"hour","shape":[2,1],"datatype":"INT64","data":[8,8]}]}""",
        ("fairlead-unit", unit));

    private static List<string?> Texts(byte[] block) => TensorTexts.Of(block);

    private static string HashOf(TestHost host, string value) => new CaptureHash(File.ReadAllBytes(host.Folder.CaptureKey)).Of(value);

    private static Task<string> MetricsAsync(TestHost host) => host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
}
