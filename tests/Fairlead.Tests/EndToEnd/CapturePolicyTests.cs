using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What a project file says is not to be written is written nowhere.</summary>
public sealed class CapturePolicyTests
{
    private const string Prod = "environments/prod/services/letter/letter";
    private const string Policy =
        """
            capture: { redact: [name, nested.name, text, path], hash: [phone, unit], max-body: 4Ki, retention: 30d }
            limits:
        """;

    [Fact]
    public async Task Secrets_OfAService_AreInNoFileOfTheStateAndInNoAnswerOfItsOwn()
    {
        await using var project = TempProject.Letters();
        project.Replace("fairlead.yaml", "    limits:", Policy);
        project.Replace("fairlead.yaml", "  prod: {}", "  prod: { customer: acme }");
        project.Commit("Hide what is nobody's business");
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        using var http = new HttpClient { BaseAddress = project.HostUrl };

        for (var n = 0; n < 20; n++)
            await AskAsync(http, n);
        var query = await project.MustAsync("query", "select * from predictions order by id", "--format", "json");
        var metrics = await http.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        // The host reports what it left out when it reports the next time.
        var status = await project.EventuallyAsync(() => project.MustAsync("status"), told => told.Output.Contains("in which hidden fields could not be looked for", StringComparison.Ordinal));
        await project.MustAsync("down");
        await project.UpAsync();
        var compacted = Path.Combine(project.Root, ".fairlead", "predictions", "predictions");
        await project.EventuallyAsync(
            () => Task.FromResult(Directory.Exists(compacted) ? Directory.GetFiles(compacted, "*.parquet", SearchOption.AllDirectories).Length : 0), files => files > 0);
        var later = await project.MustAsync("query", "select * from predictions order by id", "--format", "json");

        await project.MustAsync("down");

        AssertNoSecret(query.Output, metrics, status.Output, later.Output);
        AssertNoSecretIn(Path.Combine(project.Root, ".fairlead"));
        Assert.Equal(query.Json.GetArrayLength(), later.Json.GetArrayLength());
        var rows = later.Json.EnumerateArray().ToList();
        Assert.Equal(60, rows.Count);
        Assert.All(rows, row => Assert.Equal("acme", row.GetProperty("customer").GetString()));
        Assert.All(rows, row => Assert.Equal("unit", row.GetProperty("route").GetString()));
        Assert.Equal(40, rows.Count(row => row.GetProperty("omitted").ValueKind == JsonValueKind.String));
        Assert.Equal(20, rows.Select(row => row.GetProperty("unit").GetString()).Distinct().Count());
        Assert.Contains("fairlead_capture_omitted_total", metrics, StringComparison.Ordinal);
    }

    /// <summary>A good request, one that is no JSON, and one that is too long.</summary>
    private static async Task AskAsync(HttpClient http, int number)
    {
        var path = $"{Prod}?key={Secret(number)}";
        using var good = JsonContent.Create(new { name = Secret(number), months = 7, phone = Secret(number), nested = new[] { new { Name = Secret(number) } } }, options: JsonSerializerOptions.Default);
        using var bad = new StringContent($"name={Secret(number)}&months=7", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var deep = JsonContent.Create(new { name = Secret(number) + new string('x', 5000), months = 1 });
        foreach (var content in new HttpContent[] { good, bad, deep })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Add("fairlead-unit", Secret(number));
            (await http.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }
    }

    private static string Secret(int number) => $"s3cr3t-{number:D4}-of-somebody";

    private static void AssertNoSecret(params string[] texts) => Assert.All(texts, text => Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal));

    private static void AssertNoSecretIn(string folder)
    {
        // What the program itself prints is its own affair.
        var printed = Path.Combine(folder, "logs");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(printed, StringComparison.Ordinal)))
        {
            using var stream = File.OpenRead(file);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("s3cr3t"u8) < 0, file);
        }
    }
}
