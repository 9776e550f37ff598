using System.Globalization;
using Fairlead.Domain.Runs;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints one run.</summary>
internal static class RunPrinter
{
    private const int SparkWidth = 40;
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <param name="files">Of its outputs.</param>
    public static void Print(IAnsiConsole console, Run run, IReadOnlyList<MetricCurve> curves, IReadOnlyList<RunFile> files)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var said = run.Annotations ?? RunAnnotations.None;
        Add("run", $"{run.Id}  {RunStatusText.Of(run.Status)}");
        Add("variant", run.Variant);
        Add("tags", said.Tags.Count > 0 ? string.Join(' ', said.Tags.Select(tag => tag.Name)) : null);
        Add("error", run.Error);
        foreach (var remark in run.Remarks ?? [])
            Add("remark", remark);
        Add("verified", VerdictText(said));
        Add("commit", run.Commit.Short + (run.Commit.Branch is { } branch ? $" on {branch}" : ""));
        Add("command", run.Command);
        Add("started", $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} by {run.StartedBy} on {run.Machine}");
        Add("took", Took(run));
        Add("exit code", run.ExitCode?.ToString(CultureInfo.InvariantCulture));
        Add("sandbox", SandboxText(run));
        foreach (var (name, value) in run.Parameters)
            Add("parameter", $"{name} = {value.GetRawText()}");
        foreach (var (name, value) in run.Metrics)
            Add("metric", $"{name} = {value.ToString(CultureInfo.InvariantCulture)}");
        foreach (var curve in curves)
            Add("curve", $"{curve.Name}  {Spark(curve.Values)}  {Number(curve.Values[0])} > {Number(curve.Values[^1])} over {curve.Measured} positions");
        foreach (var input in run.Inputs)
            Add("input", $"{input.Name} < {input.Source}{Origin(input)}  {input.Artifact.Digest.Short}, {Sizes.Describe(input.Artifact.Size)}");
        foreach (var output in run.Outputs)
            Add("output", $"{output.Name}  {output.Artifact.Digest.Short}, {Sizes.Describe(output.Artifact.Size)}{(files.Any(file => file.Output == output.Name && !file.IsThere) ? ", removed from the store" : "")}");
        Add("key", run.Key.ToString());
        Add("origin", run.Origin);
        console.Write(grid);
        PrintNotes(console, run);

        void Add(string label, string? value)
        {
            if (value is not null)
                grid.AddRow(new Text(label, new Style(Color.Grey)), new Text(value));
        }
    }

    public static void PrintNotes(IAnsiConsole console, Run run)
    {
        foreach (var note in (run.Annotations ?? RunAnnotations.None).Notes)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{note.At.UtcDateTime:yyyy-MM-dd HH:mm'Z'} {note.By}:[/] {note.Text}");
    }

    public static string Spark(IReadOnlyList<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var width = Math.Min(SparkWidth, values.Count);
        return string.Concat(Enumerable.Range(0, width).Select(place =>
        {
            var value = values[(int)((long)place * (values.Count - 1) / Math.Max(1, width - 1))];
            // The halves keep the range of the largest numbers finite.
            var share = high > low ? ((value / 2) - (low / 2)) / ((high / 2) - (low / 2)) : 0.5;
            return Bars[(int)Math.Clamp(Math.Round(share * (Bars.Length - 1)), 0, Bars.Length - 1)];
        }));
    }

    private static string? VerdictText(RunAnnotations said) =>
        said.Verdict is not { } verdict ? said.IsUnsteady ? "~ its step does not make the same twice" : null
        : (verdict == RebuildOutcome.Identical ? "identical when it was executed again" : $"{verdict.ToString().ToLowerInvariant()} when it was executed again")
            + (said.IsUnsteady ? "; ~ its step does not make the same twice" : "");

    private static string? Took(Run run) =>
        run.FinishedAt is not { } end ? null
        : $"{(end - run.StartedAt).TotalSeconds:0.00} s"
            + (run.CpuSeconds is { } cpu ? $", {cpu:0.00} s of CPU" : "")
            + (run.PeakMemoryBytes is { } peak ? $", {Sizes.Describe(peak)} at most" : "");

    private static string SandboxText(Run run)
    {
        var facts = run.SandboxFacts;
        var words = new[] { facts?.Program, facts?.Image, facts is null ? null : facts.HasNetwork ? "with network" : "without network", facts?.Limits is { } limits ? $"limits by {limits}" : null, facts?.Note };
        var told = string.Join(", ", words.OfType<string>());
        return told.Length == 0 ? run.Sandbox : $"{run.Sandbox} ({told})";
    }

    private static string Origin(RunInput input) =>
        input.Run is { } run ? $" ({run})" : input.DatasetNumber is { } number ? $" (version {number})" : "";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
