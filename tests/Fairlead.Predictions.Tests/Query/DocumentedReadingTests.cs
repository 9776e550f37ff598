using System.Diagnostics;
using System.Text.RegularExpressions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Keeping;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>The statements by which the documentation says that other programs read the folder, as they stand there.</summary>
public sealed partial class DocumentedReadingTests : IDisposable
{
    private const string Folder = ".fairlead/predictions";
    private readonly KeepingBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Sql_AsDocumented_ReadsEveryPrediction()
    {
        await bench.FillAsync(3, 50, unit: row => $"u{row}");
        await bench.FillAsync(1, 7, Workbench.Flights(environment: "stage"));
        var statements = Documented("sql").SelectMany(block => Statement().Matches(block)).Select(match => match.Value).ToList();
        Assert.Equal(2, statements.Count);

        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var predictions = Here(statements.Single(statement => statement.Contains($"{Folder}/predictions/", StringComparison.Ordinal)));
        Assert.Equal(157L, connection.Scalar($"SELECT count(*) FROM ({predictions.TrimEnd(';')})"));
        Assert.Equal(7L, connection.Scalar($"SELECT count(*) FROM ({predictions.TrimEnd(';')}) WHERE environment = 'stage' AND service = 'late'"));
    }

    [Fact]
    public async Task Pandas_AsDocumented_ReadsEveryPredictionOfAService()
    {
        if (await PythonAsync("import pandas, pyarrow") is { ExitCode: not 0 })
            Assert.Skip("pandas or pyarrow is not installed; Debian has no pyarrow.");
        await bench.FillAsync(3, 50);
        var statement = Documented("python").SelectMany(block => block.Split('\n')).Single(line => line.StartsWith("pandas.read_parquet(", StringComparison.Ordinal));
        var (code, output) = await PythonAsync($"import pandas\nprint(len({Here(statement.Split('#')[0].Trim())}))");
        Assert.Equal((0, "150"), (code, output.Trim()));
    }

    private string Here(string statement) => statement.Replace(Folder, bench.Log.Folder.Predictions, StringComparison.Ordinal);

    private static async Task<(int ExitCode, string Output)> PythonAsync(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    private static List<string> Documented(string language) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Repository(), "docs", "predictions.md"))).Where(match => match.Groups[1].Value == language && match.Value.Contains(Folder, StringComparison.Ordinal)).Select(match => match.Groups[2].Value)];

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fairlead.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        return folder.FullName;
    }

    [GeneratedRegex("```(\\w+)\\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^select \\* from read_parquet.*;$", RegexOptions.Multiline, 1000)]
    private static partial Regex Statement();
}
