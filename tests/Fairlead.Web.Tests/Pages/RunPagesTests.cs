using System.Net;
using System.Text.Json;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>The pages about runs over a real catalog, store and query.</summary>
public sealed class RunPagesTests : IAsyncLifetime
{
    private PageServer server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await PageServer.StartAsync();
        for (var number = 1; number <= 3; number++)
            await AddAsync("train", number, run => run);
        await AddAsync("split", 1, run => run with { Metrics = new Dictionary<string, double> { ["rows"] = 12 } });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task List_ByConditionSortAndStep_ShowsThoseInThatOrder()
    {
        Assert.Equal(["split-1", "train-3", "train-2", "train-1"], await ListAsync(""));
        Assert.Equal(["train-3", "train-2"], await ListAsync("?where=metrics.auc>0.615 and params.l2 < 0.1&sort=-metrics.auc"));
        Assert.Equal(["train-1", "train-2", "train-3"], await ListAsync("?step=train&sort=metrics.auc"));
        Assert.Equal(["split-1"], await ListAsync("?where=metrics.rows is not null"));
        Assert.Equal(["train-2"], await ListAsync("?where=\"number\" = 2 -- and a comment"));
        Assert.Equal(["split-1"], await ListAsync("?status=succeeded&sort=-metrics.rows&limit=1"));
        Assert.Empty(await ListAsync("?status=failed"));
    }

    [Fact]
    public async Task List_ByWhatCannotBe_SaysWhyInOneSentenceAndReadsNothingElse()
    {
        (string Query, string Said)[] cases =
        [
            ("?where=metrics.aux > 1", "did you mean 'auc'?"),
            ("?where=stats = 1", "did you mean 'status'?"),
            ("?where=metrics.auc >", "syntax error"),
            ("?sort=-metrics.aux", "did you mean 'auc'?"),
            ("?sort=-", "is no column to sort by"),
            ("?status=green", "is none that a run can have"),
            ("?limit=0", "The limit '0'"),
            ("?where=true) union all (select id::varchar from predictions", "reads 'predictions'"),
            ("?where=exists (from read_csv('/etc/passwd'))", ""),
            ("?where=true); drop table runs; select (1", ""),
            ("?where=true); attach 'x.db' as x; select (1", ""),
            ("?where=getenv('HOME') = ''", "getenv"),
            ("?sort=run\"; drop table runs; --", ""),
        ];
        foreach (var (query, said) in cases)
        {
            var (status, page) = await server.GetAsync("/runs" + query.Replace("\"", "%22"));
            Assert.True(status == HttpStatusCode.BadRequest, query);
            Assert.Contains(said, page.QuerySelector("[role=alert]").Text());
        }

        Assert.Equal(4, (await ListAsync("")).Count);
    }

    [Fact]
    public async Task List_FromAnotherSite_DoesNotCompute()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runs?where=true");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await server.Client.SendAsync(request, Token);
        Assert.Contains("comes from another site", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Run_ThatIsTaggedAndNoted_ShowsBothAndIsFound()
    {
        using var tagged = await PostAsync("/runs/train-2/tags", ("tag", "fast"));
        using var noted = await PostAsync("/runs/train-2/notes", ("text", "<b>bold</b>"));
        Assert.Equal((HttpStatusCode.Redirect, "/runs/train-2"), (tagged.StatusCode, tagged.Headers.Location!.OriginalString));

        var (_, page) = await server.GetAsync("/runs/train-2");

        Assert.Contains("fast", page.QuerySelector(".tag").Text());
        Assert.Contains("removed from the store", page.QuerySelector("[aria-labelledby=outputs]").Text());
        Assert.Contains("<b>bold</b>", page.QuerySelector(".notes").Text());
        Assert.Equal(["train-2"], await ListAsync("?tag=fast"));
        Assert.Equal(["train-2"], await ListAsync("?where=list_contains(tags, 'fast')"));
        using var removed = await PostAsync("/runs/train-2/tags/fast/delete");
        Assert.Empty(await ListAsync("?tag=fast"));
        using var refused = await PostAsync("/runs/train-2/tags", ("tag", "two words"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var absent = await PostAsync("/runs/train-9/tags", ("tag", "fast"));
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        foreach (var name in new[] { "/runs/train%5Bcustomer=acme%5D-1", "/runs/%3Cscript%3E-1", "/runs/..%2F..%2Fetc-1" })
            Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync(name)).Status);
    }

    [Fact]
    public async Task Compare_OfChosenRuns_DrawsTheirCurvesOverOneAnother()
    {
        var curves = await server.Store.PutBytesAsync(JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<MetricCurve>>([RunSamples.Loss], DomainJson.Default.IReadOnlyListMetricCurve), Token);
        await AddAsync("train", 4, run => run with { Curves = curves });
        await AddAsync("train", 5, run => run with { Curves = curves, KeyParts = [new KeyPart("param:l2", "0.5")] });

        var (status, page) = await server.GetAsync("/runs/compare?run=train-4&run=train-5&run=train-1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, page.QuerySelectorAll("svg.chart path.line").Length);
        Assert.Equal(["train-4", "train-5"], page.QuerySelectorAll(".legend span").Select(line => line.TextContent.Trim()));
        Assert.Contains(page.QuerySelectorAll("[role=note]"), note => note.TextContent.Contains("train-5 is not train-4 since", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync("/runs/compare?run=train-4")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/runs/compare?run=train-4&run=train-99")).Status);
        Assert.Single((await server.GetAsync("/runs/train-4")).Page.QuerySelectorAll("svg.chart path.line"));
    }

    [Fact]
    public void Curve_OfTheLargestNumbers_StaysWithinItsChart()
    {
        var views = CurveView.Of([("a-1", [RunSamples.Loss with { Values = [-double.MaxValue, 0, double.MaxValue], Steps = [-double.MaxValue, 0, double.MaxValue] }]), ("a-2", [RunSamples.Loss])]);
        Assert.DoesNotContain("NaN", views[0].Lines[0].Path + views[0].Lines[1].Path);
        Assert.DoesNotContain("∞", views[0].Lines[0].Path);
        Assert.Equal("M64 176L346 93L628 10", views[0].Lines[0].Path);
    }

    private async Task<IReadOnlyList<string>> ListAsync(string query)
    {
        var (status, page) = await server.GetAsync("/runs" + query.Replace("\"", "%22"));
        Assert.True(status == HttpStatusCode.OK, page.QuerySelector("[role=alert]")?.TextContent);
        return [.. page.QuerySelectorAll("tbody th a").Select(link => link.TextContent)];
    }

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await server.Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Token);

    private async Task AddAsync(string step, int number, Func<Run, Run> change)
    {
        var run = change(PageSamples.Run(step, number) with
        {
            StartedAt = PageSamples.Now.AddMinutes(step == "split" ? 10 : number),
            FinishedAt = PageSamples.Now.AddMinutes(step == "split" ? 11 : number + 1),
            Metrics = new Dictionary<string, double> { ["auc"] = 0.6 + (number / 100.0) },
        });
        await server.Catalog.Runs.StartAsync(step, id => run with { Id = id, Status = RunStatus.Running }, CancellationToken.None);
        await server.Catalog.Runs.FinishAsync(run, CancellationToken.None);
    }
}
