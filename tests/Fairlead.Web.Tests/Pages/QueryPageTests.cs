using System.Net;
using Fairlead.Predictions.Query;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>The page for SQL over a real database.</summary>
public sealed class QueryPageTests : IAsyncLifetime
{
    private PageServer server = null!;

    public async ValueTask InitializeAsync() => server = await PageServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Query_BeforeTheFirst_ShowsAnExampleAndRunsNothing()
    {
        var (status, page) = await server.GetAsync("/query");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(QueryView.Example, page.QuerySelector("textarea")!.TextContent);
        Assert.Null(page.QuerySelector("section[aria-label=Answer]"));
        Assert.Equal("page", page.QuerySelector("nav a[href='/query']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Query_OfTheAddress_IsAnswered()
    {
        var (status, page) = await server.GetAsync(Address("select 42 as n, null as nothing, {'a': [1, 2.5], 'b': 'é'} as nested, '<b>' as \"<i>\""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["n", "nothing", "nested", "<i>"], page.QuerySelectorAll("section table thead th").Take(4).Select(header => header.Text()));
        var cells = page.QuerySelectorAll("section tbody tr").First().QuerySelectorAll("td");
        Assert.Equal(["42", "NULL", """{"a":[1.0,2.5],"b":"é"}""", "<b>"], cells.Select(cell => cell.Text()));
        Assert.Equal("number", cells[0].ClassName);
        Assert.StartsWith("1 row in ", page.QuerySelector("section p").Text());
    }

    [Fact]
    public async Task Query_OfManyRows_ShowsTheFirstAndLinksAll()
    {
        var (_, page) = await server.GetAsync(Address("select range as n from range(1000)"));

        Assert.Equal(QueryAnswerView.MostRows, page.QuerySelectorAll("section[aria-label=Answer] tbody tr").Length);
        Assert.StartsWith("The first 200 rows of more", page.QuerySelector("section p").Text());
        var links = page.QuerySelectorAll("section[aria-label=Answer] p a").Select(link => link.GetAttribute("href")!).ToList();
        var csv = await server.Client.GetStringAsync(links[0], TestContext.Current.CancellationToken);
        Assert.Equal(1001, csv.TrimEnd().Split('\n').Length);
        var parquet = await server.Client.GetByteArrayAsync(links[1], TestContext.Current.CancellationToken);
        Assert.Equal("PAR1"u8.ToArray(), parquet[..4]);
    }

    [Theory]
    [InlineData("select nope from predictions", "nope")]
    [InlineData("drop table predictions", "reading statement")]
    [InlineData("select * from '/etc/passwd'", "not allowed")]
    public async Task Query_ThatFails_SaysWhyAndKeepsItsText(string sql, string reason)
    {
        var (status, page) = await server.GetAsync(Address(sql));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, page.QuerySelector("[role=alert]").Text());
        Assert.Equal(sql, page.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task Query_WithParameters_AsksForThemThenUsesThem()
    {
        const string Sql = "select $name || '!' as hello";

        var (_, asked) = await server.GetAsync(Address(Sql));
        var (_, answered) = await server.GetAsync(Address(Sql) + "&%24name=" + Uri.EscapeDataString(PageSamples.Hostile));

        Assert.Equal("$name", asked.QuerySelector("form.query input")!.GetAttribute("name"));
        Assert.Null(asked.QuerySelector("section[aria-label=Answer]"));
        Assert.Equal(PageSamples.Hostile, answered.QuerySelector("form.query input")!.GetAttribute("value"));
        Assert.StartsWith(PageSamples.Hostile, answered.QuerySelector("section tbody td")!.TextContent.Trim());
        var csv = await server.Client.GetStringAsync(answered.QuerySelector("section p a")!.GetAttribute("href"), TestContext.Current.CancellationToken);
        Assert.Contains("!", csv);
    }

    [Fact]
    public async Task Query_ThatAnotherSiteLinks_IsShownAndNotRun()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address("select 42"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var file = new HttpRequestMessage(HttpMethod.Get, "/query/rows.csv?sql=select%2042");
        file.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await server.Client.SendAsync(file, TestContext.Current.CancellationToken);

        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("select 42", html);
        Assert.DoesNotContain("1 row in", html);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task SavedQuery_IsListedOpenedAndDeleted()
    {
        using var saved = await SaveAsync("answer", "select 42 as n", "All of it");
        Assert.Equal("/query?name=answer", saved.Headers.Location!.OriginalString);

        var (_, page) = await server.GetAsync("/query?name=answer");
        Assert.Equal("select 42 as n", page.QuerySelector("textarea")!.TextContent);
        Assert.Equal("42", page.QuerySelector("section tbody td").Text());
        Assert.Contains("All of it", page.QuerySelectorAll("section").Last().Text());

        using var deleted = await server.Client.PostAsync("/query/saved/answer/delete", null, TestContext.Current.CancellationToken);
        Assert.Equal("/query", deleted.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/query?name=answer")).Status);
    }

    [Fact]
    public async Task Saving_WhatIsRefused_SaysWhyAndKeepsItsText()
    {
        using var response = await SaveAsync("no name", "select 42 as n", "");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("is no name for a query", html);
        Assert.Contains("select 42 as n", html);
    }

    [Fact]
    public void Answer_WithIdsOfPredictions_LinksTheirPages()
    {
        var view = new QueryView { Sql = "describe predictions", Name = "", Saved = [] };

        var answer = QueryAnswerView.Of([new QueryColumn("id", "UUID"), new QueryColumn("request", "UUID")], [["a-1", "a-1"], [null, null]], false, TimeSpan.FromMilliseconds(12.5), view);

        Assert.Equal("2 rows in 12.50 ms", answer.Summary);
        Assert.Equal(new QueryCellView("a-1", "/predictions/a-1"), answer.Rows[0][0]);
        Assert.Equal(new QueryCellView("a-1", null), answer.Rows[0][1]);
        Assert.Equal(new QueryCellView(null, null), answer.Rows[1][0]);
        Assert.Null(answer.CsvPath);
    }

    private static string Address(string sql) => "/query?sql=" + Uri.EscapeDataString(sql);

    private async Task<HttpResponseMessage> SaveAsync(string name, string sql, string description)
    {
        using var form = new FormUrlEncodedContent([new("name", name), new("sql", sql), new("description", description)]);
        return await server.Client.PostAsync("/query/saved", form, TestContext.Current.CancellationToken);
    }
}
