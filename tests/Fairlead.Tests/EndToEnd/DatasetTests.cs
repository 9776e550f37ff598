using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Datasets from the command line: written into the project file, made by queries, fetched, expected to be something, described, compared, pulled, traced.</summary>
public sealed class DatasetTests
{
    private const string Yaml = """
        # Rides and what comes of them.
        project: rides
        datasets:
          raw: { path: "data/**/*.csv", key: id, schema: { price: double } }   # as they came
          cheap:
            sql: steps/cheap.sql
            from: { raw: dataset:raw }
            expect: ["price < 5", count(*) > 10]
        steps:
          count:
            sql: steps/count.sql
            inputs: { cheap: dataset:cheap }
            outputs: [count.csv]
        """;

    [Fact]
    public async Task Datasets_FromFileToTrace_AreKnownThroughout()
    {
        await using var project = TempProject.Empty();
        project.Init();
        project.Write("fairlead.yaml", Yaml);
        project.Write("steps/cheap.sql", "select * from raw where price < 5 -- the others are dear\n;\n");
        project.Write("steps/count.sql", "copy (select count(*) as n from cheap) to 'out/count.csv'");
        project.Write("data/2024/a.csv", Rows(0, 100, 0));
        project.Write("data/b.csv", Rows(100, 100, 0));
        project.Commit("A project");
        await project.UpAsync();

        await AssertMadeAsync(project);
        await AssertDescribedAsync(project);
        await AssertRefusedAsync(project);
        await AssertComparedAsync(project);
        await AssertAddedAsync(project);
    }

    private static string Rows(int from, int count, int dearer) =>
        "id,price,region\n" + string.Concat(Enumerable.Range(from, count).Select(i => $"{i},{(i % 10) + dearer}.5,{(i % 3 == 0 ? "north" : "south")}\n"));

    /// <summary>What a query makes is a run as any other: recorded, reused, and in the trace.</summary>
    private static async Task AssertMadeAsync(TempProject project)
    {
        var run = await project.MustAsync("run");
        Assert.Contains("dataset.cheap", run.Output + run.Errors);
        Assert.DoesNotContain("dataset.cheap-2", (await project.MustAsync("run")).Output);
        await project.MustAsync("pull", "count-1/count.csv", project.Root);
        Assert.Equal("n\n100\n", File.ReadAllText(Path.Combine(project.Root, "count.csv")));
        File.Delete(Path.Combine(project.Root, "count.csv"));
        var trace = (await project.MustAsync("trace", "run:count-1")).Output;
        Assert.Contains("cheap@1", trace);
        Assert.Contains("dataset.cheap-1", trace);
        Assert.Contains("raw@1", trace);
        Assert.Contains("count-1", (await project.MustAsync("trace", "dataset:raw@1")).Output);
        Assert.Contains("identical", (await project.MustAsync("verify", "dataset.cheap-1")).Output);
    }

    private static async Task AssertDescribedAsync(TempProject project)
    {
        var shown = (await project.MustAsync("dataset", "show", "raw")).Output;
        Assert.Contains("raw@1", shown);
        Assert.Contains("200 rows, 3 columns", shown);
        Assert.Contains("DOUBLE", shown);
        Assert.Contains("█", shown);
        var profile = JsonNode.Parse((await project.MustAsync("dataset", "show", "cheap@1", "--format", "json")).Output)!;
        Assert.Equal(100, (int)profile["profile"]!["rows"]!);
        Assert.Equal("dataset.cheap-1", (string?)profile["version"]!["run"]);
        Assert.Contains("There is no version 7", (await project.RunAsync("dataset", "show", "raw@7")).Errors);
        Assert.Contains("raw", (await project.RunAsync("dataset", "show", "ra")).Errors);
    }

    /// <summary>Nothing begins with data that is not as expected, and the rows that are not are shown.</summary>
    private static async Task AssertRefusedAsync(TempProject project)
    {
        project.Replace("fairlead.yaml", "price < 5", "price < 4");
        var failed = await project.RunAsync("run");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("'price < 4': 20 of 100 rows do not meet it.", failed.Errors);
        Assert.Contains("4.5", failed.Errors);
        project.Replace("fairlead.yaml", "price: double", "price: date");
        Assert.Contains("The column 'price' is DOUBLE, not DATE.", (await project.RunAsync("dataset", "add", "raw")).Errors);
        project.Replace("fairlead.yaml", "price: date", "price: double");
        project.Replace("fairlead.yaml", "price < 4", "price < 5");
    }

    private static async Task AssertComparedAsync(TempProject project)
    {
        project.Write("data/b.csv", Rows(101, 110, 2));
        await project.MustAsync("dataset", "add", "raw");
        var difference = (await project.MustAsync("dataset", "diff", "raw@1", "raw@2")).Output;
        Assert.Contains("by id: 11 added, 1 removed, 99 changed", difference);
        Assert.Contains("price differs in 99", difference);
        var pulled = Path.Combine(project.Root, "pulled");
        await project.MustAsync("dataset", "pull", "raw@1", pulled);
        Assert.Equal(Rows(0, 100, 0), File.ReadAllText(Path.Combine(pulled, "2024/a.csv")));
        Assert.NotEqual(0, (await project.RunAsync("dataset", "pull", "raw@2", pulled)).ExitCode);
        Assert.Equal(Rows(100, 100, 0), File.ReadAllText(Path.Combine(pulled, "b.csv")));
        Directory.Delete(pulled, recursive: true);
    }

    private static async Task AssertAddedAsync(TempProject project)
    {
        var content = "station,rain\n1,0.5\n2,1.5\n"u8.ToArray();
        var url = $"http://127.0.0.1:{FreePort()}/";
        using var listener = new HttpListener { Prefixes = { url } };
        listener.Start();
        var serving = listener.ServeAsync(async context =>
        {
            context.Response.ContentLength64 = content.Length;
            await context.Response.OutputStream.WriteAsync(content, TestContext.Current.CancellationToken);
        });
        await project.MustAsync("dataset", "add", "weather", "--url", url + "weather.csv", "--expect", "rain >= 0");
        listener.Stop();
        await serving;
        var text = File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml"));
        Assert.Contains($"  weather: {{ url: {url}weather.csv, digest: sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}, expect: [\"rain >= 0\"] }}\n", text);
        Assert.Contains("# as they came", text);
        Assert.Contains("2 rows", (await project.MustAsync("dataset", "show", "weather")).Output);
        // Fetched, it needs no server any more.
        await project.MustAsync("dataset", "add", "weather");
        Assert.Contains("already", (await project.RunAsync("dataset", "add", "weather", "--path", "x.csv")).Errors);
        Assert.Contains("No file matches", (await project.RunAsync("dataset", "add", "none", "--path", "nothing/*.csv")).Errors);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
