using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Predictions.Log;
using Fairlead.Replay.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Web.Tests.Pages;

/// <summary>The pages about predictions over a real log.</summary>
public sealed class PredictionPagesTests : IAsyncLifetime
{
    private static readonly CaptureContext Context = new()
    {
        ServerGroup = new ServerGroupName("late", "prod", 3),
        Release = new ReleaseName(3),
        Model = "late",
        ModelVersion = 3,
        ModelDigest = PageSamples.Artifact("model").Digest,
        Configuration = Digest.Of("{}"u8),
        Signature = new Signature([new TensorSpec("distance", TensorType.Float32, [-1, 1])], [new TensorSpec("late", TensorType.Float32, [-1, 1])]),
    };

    private PageServer server = null!;

    public async ValueTask InitializeAsync() => server = await PageServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Predictions_BeforeTheFirst_SaysHowToMakeOne()
    {
        var (status, page) = await server.GetAsync("/predictions");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("fairlead predict", page.QuerySelector(".none").Text());
    }

    [Fact]
    public async Task Storage_OfNothing_SaysWhatWouldBeThere()
    {
        var (status, page) = await server.GetAsync("/predictions/storage");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(4, page.QuerySelectorAll(".none").Length);
        var (_, list) = await server.GetAsync("/predictions");
        Assert.NotNull(list.QuerySelector("a[href='/predictions/storage']"));
    }

    [Fact]
    public async Task Predictions_InTheLog_AreListedNewestFirst()
    {
        var ids = await PredictAsync(60);

        var (_, page) = await server.GetAsync("/predictions");

        var rows = page.QuerySelectorAll("tbody tr");
        Assert.Equal(50, rows.Length);
        Assert.Equal(ids.AsEnumerable().Reverse().Take(50).Select(id => $"/predictions/{id}"), rows.Select(row => row.QuerySelector("a")!.GetAttribute("href")));
        Assert.Contains("prod late-prod-v003 late 59.5 200 0.41 ms", rows[0].Text());
    }

    [Fact]
    public async Task Search_ForAnId_GoesToItsPage()
    {
        using var response = await server.Client.GetAsync("/predictions?id=%20019cb0e2-6f40-7a11-8c3d-5e2f60000000%20", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/predictions/019cb0e2-6f40-7a11-8c3d-5e2f60000000", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Search_ForSomethingElse_SaysWhatAnIdIs()
    {
        var (status, page) = await server.GetAsync("/predictions?id=" + Uri.EscapeDataString(PageSamples.Hostile));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("an id is a UUID", page.QuerySelector("[role=alert]").Text());
        Assert.Equal(PageSamples.Hostile, page.QuerySelector("input")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("019cb0e2-6f40-7a11-8c3d-5e2f60000000", HttpStatusCode.NotFound)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task Prediction_ThatIsNotThere_IsAnErrorPage(string id, HttpStatusCode expected)
    {
        var (status, page) = await server.GetAsync($"/predictions/{id}");

        Assert.Equal(expected, status);
        Assert.Contains(id, page.QuerySelector("[role=alert]").Text());
    }

    [Fact]
    public async Task Verify_ByTheButton_IsRecordedAndGoesBackToThePage()
    {
        var id = (await PredictAsync(1))[0];

        using var response = await server.Client.PostAsync($"/predictions/{id}/verify", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/predictions/{id}#verification", response.Headers.Location!.OriginalString);
        var report = await new VerificationCatalog(server.Catalog.Records).FindLatestAsync(id.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal("the catalog does not hold its server group", Assert.Single(report!.Verifications).Reason);
    }

    [Fact]
    public async Task Trace_OfADatasetVersion_ShowsWhatItReached()
    {
        await server.Catalog.Datasets.AddAsync(
            new DatasetVersion { Dataset = "flights", Number = 1, Artifact = PageSamples.Artifact("flights"), Path = PageSamples.Hostile, RegisteredAt = PageSamples.Now, RegisteredBy = "ann", Commit = PageSamples.Commit },
            TestContext.Current.CancellationToken);

        var (status, page) = await server.GetAsync("/trace?subject=flights@1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("flights@1", page.QuerySelector("h1").Text());
        Assert.Contains(PageSamples.Hostile, page.QuerySelector("dl.facts").Text());
        Assert.Contains("Nothing else is recorded", page.QuerySelector(".none").Text());
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/trace?subject=" + Uri.EscapeDataString(PageSamples.Hostile))).Status);
    }

    private async Task<List<PredictionId>> PredictAsync(int count)
    {
        var random = new Random(7);
        var ids = new List<PredictionId>();
        await using var log = SegmentWriter.Open(new SegmentWriterOptions { Folder = server.Folder.CaptureLog }, TimeProvider.System, NullLogger<SegmentWriter>.Instance);
        for (var i = 0; i < count; i++)
        {
            var bytes = new byte[10];
            random.NextBytes(bytes);
            var at = PageSamples.Now.AddMilliseconds(i).ToUnixTimeMilliseconds();
            ids.Add(PredictionId.Create(at, bytes));
            var entry = new CaptureEntry
            {
                Id = ids[^1],
                TimeMicroseconds = at * 1000,
                LatencyMicroseconds = 412,
                Status = 200,
                Rows = 1,
                Inputs = Block(i),
                Outputs = Block(i + 0.5f),
            };
            Assert.True(log.TryAppend(Context, entry, out _));
        }

        return ids;
    }

    private static byte[] Block(float value)
    {
        var block = new byte[TensorBlock.HeaderSize(2) + sizeof(float)];
        var header = TensorBlock.WriteHeader(block, TensorType.Float32, [1, 1], sizeof(float));
        BitConverter.TryWriteBytes(block.AsSpan(header), value);
        return block;
    }
}
