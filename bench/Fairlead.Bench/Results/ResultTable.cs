using System.Text;

namespace Fairlead.Bench.Results;

/// <summary>The results as a Markdown table.</summary>
internal static class ResultTable
{
    public static string Render(Machine machine, BenchOptions options, IEnumerable<Measure> measures)
    {
        var text = new StringBuilder();
        text.Append($"{machine.Time:yyyy-MM-dd}, commit {machine.Commit}, {machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB, {machine.System}, {machine.Runtime}");
        text.Append(machine.Load is { } load ? $", load before {load:0.#}; " : "; ");
        text.Append($"project `{options.Workload.Name}`, rounds: {options.Rounds}, interleaved, of {options.Duration.TotalSeconds} s{(options.Quick ? ", quick: says that it works, not how fast" : "")}.\n\n");
        text.Append("| scenario | what | measured | against | ratio | to reach | |\n| --- | --- | ---: | ---: | ---: | ---: | --- |\n");
        foreach (var measure in measures)
        {
            text.Append($"| {measure.Scenario} | {measure.What} | {Number(measure.Value)} {measure.Unit} | ");
            text.Append(measure.Baseline is { } baseline ? $"{measure.BaselineName} {Number(baseline)} {measure.Unit}" : "");
            text.Append($" | {(measure.Ratio is { } ratio ? $"{ratio:F2}" : "")} | {Goal(measure)} | {Verdict(measure)} |\n");
        }

        return text.ToString();
    }

    private static string Number(double value) => Math.Abs(value) >= 100 ? $"{value:#,0}" : $"{value:0.##}";

    private static string Goal(Measure measure) => measure.Target is null ? "" : measure.Ratio is null ? $"{measure.Target} {measure.Unit}" : $"{measure.Target}";

    private static string Verdict(Measure measure) => measure.IsMet switch
    {
        true => "met",
        false => "missed",
        null => "",
    };
}
