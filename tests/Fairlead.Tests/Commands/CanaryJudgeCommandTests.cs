using System.Globalization;
using System.Text.Json;
using Fairlead.DuckDb;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.Commands;

/// <summary>The judge as anyone can run it, on files.</summary>
public sealed class CanaryJudgeCommandTests : IDisposable
{
    private const string Config = """
        metrics:
          - name: errors
            groups: [quality]
            analysisConfigurations: { canary: { direction: increase, critical: true } }
          - name: latency
            groups: [speed]
            analysisConfigurations: { canary: { direction: increase } }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-canary-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Judge_AlikeSides_AreGoodAndSayWhy()
    {
        Write("a.csv", i => $"{(i % 20 == 0 ? "1" : "0")},{Number(100 + (i % 7))}");
        Write("b.csv", i => $"{(i % 20 == 3 ? "1" : "0")},{Number(100 + ((i + 3) % 7))}");
        var result = await JudgeAsync();
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        Assert.Contains("latency: no change is shown", result.Output, StringComparison.Ordinal);
        Assert.Contains("good: score 100 of 100", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_RareErrorsInTheCandidate_AreBadAndTheExitCodeIsTheirs()
    {
        Write("a.csv", i => $"0,{Number(100 + (i % 7))}");
        Write("b.csv", i => $"{(i % 4 == 0 ? "2" : "0")},{Number(100 + (i % 7))}");
        var result = await JudgeAsync("--format", "json");
        Assert.Equal(11, result.ExitCode);
        using var verdict = JsonDocument.Parse(result.Output);
        Assert.Equal("fail", verdict.RootElement.GetProperty("outcome").GetString());
        var errors = verdict.RootElement.GetProperty("metrics")[0];
        Assert.Equal(("high", "shares", true), (errors.GetProperty("classification").GetString(), errors.GetProperty("test").GetString(), errors.GetProperty("isCritical").GetBoolean()));
    }

    [Fact]
    public async Task Judge_EmptyCells_AreMissingPoints()
    {
        Write("a.csv", i => $"0,{(i % 3 == 0 ? "" : Number(100 + (i % 7)))}");
        Write("b.csv", i => $"0,{Number(100 + (i % 7))}");
        var result = await JudgeAsync("--format", "json");
        var control = result.Json.GetProperty("metrics")[1].GetProperty("control");
        Assert.Equal((40, 20), (control.GetProperty("points").GetInt32(), control.GetProperty("missing").GetInt32()));
    }

    [Fact]
    public async Task Judge_ParquetWithoutConfiguration_JudgesEveryColumnAndNotTheTime()
    {
        using (var database = DuckDbDatabase.OpenInMemory())
        using (var connection = database.Connect())
        {
            foreach (var name in new[] { "a.parquet", "b.parquet" })
                connection.Execute($"copy (select now() + to_minutes(i::int) as at, (i * 7919 % 101)::double as depth from range(60) t(i)) to {DuckDbText.Literal(Path.Combine(folder, name))} (format parquet)", CancellationToken.None);
        }

        var result = await Cli.RunAsync(folder, "canary", "judge", "--control", "a.parquet", "--experiment", "b.parquet", "--paired", "--format", "json");
        // All pairs are equal: no shift of any size could have been missed.
        Assert.Equal("depth", Assert.Single(result.Json.GetProperty("metrics").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("metrics: [{ name: errors, group: x }]", "1:27: unknown key 'group'", 4)]
    [InlineData("metrics: [{ name: errors }]\njudge: other", "2:8:", 4)]
    public async Task Judge_WrongConfiguration_NamesThePlace(string config, string problem, int code)
    {
        Write("a.csv", _ => "0,1");
        Write("b.csv", _ => "0,1");
        var result = await JudgeAsync(config);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(problem, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_TextInAColumn_IsRefused()
    {
        Write("a.csv", _ => "x,1");
        Write("b.csv", _ => "0,1");
        var result = await JudgeAsync();
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("a.csv", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_NoSuchFile_IsNotFound() =>
        Assert.Equal(3, (await Cli.RunAsync(folder, "canary", "judge", "--control", "none.csv", "--experiment", "none.csv")).ExitCode);

    private Task<CliResult> JudgeAsync(params string[] more) => RunAsync(Config, more);

    private Task<CliResult> JudgeAsync(string config) => RunAsync(config);

    private Task<CliResult> RunAsync(string config, params string[] more)
    {
        File.WriteAllText(Path.Combine(folder, "c.yaml"), config);
        return Cli.RunAsync(folder, ["canary", "judge", "--control", "a.csv", "--experiment", "b.csv", "--config", "c.yaml", .. more]);
    }

    private void Write(string name, Func<int, string> row) =>
        File.WriteAllLines(Path.Combine(folder, name), ["time,errors,latency", .. Enumerable.Range(0, 60).Select(i => $"2026-03-01T12:{i:00}:00Z,{row(i)}")]);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
