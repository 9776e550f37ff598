using System.Text.Json;

namespace Fairlead.Bench.Results;

/// <summary>The file that keeps every result: JSON, a line each, appended.</summary>
internal static class ResultFile
{
    public static void Append(string path, Machine machine, BenchOptions options, IEnumerable<Measure> measures)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllLines(path, measures.Select(measure => JsonSerializer.Serialize(
            new ResultLine(machine, options.Workload.Name, options.Quick, options.Rounds, options.Duration.TotalSeconds, measure),
            ResultJson.Default.ResultLine)));
    }
}
