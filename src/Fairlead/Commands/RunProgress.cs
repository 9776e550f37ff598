using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>What is known of a run while it goes on. Safe for use by many at once.</summary>
internal sealed class RunProgress(TimeProvider time)
{
    /// <summary>What ended and is printed at the end; the first ones of a large graph.</summary>
    private const int MostEnded = 100;
    private const int MostNames = 5;

    /// <summary>Of a line, in percent, at most for the name.</summary>
    private const int LabelShare = 50;

    private const int Frame = 6;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly List<StepEvent> ended = [];
    private readonly List<string> failures = [];
    private int steps;
    private int executed;
    private int cached;
    private int unwanted;
    private int failed;

    public IReadOnlyList<StepEvent> Ended
    {
        get
        {
            lock (gate)
                return [.. ended];
        }
    }

    private int Waiting => Math.Max(0, steps - executed - cached - failed - unwanted - running.Count);

    public void Take(StepEvent stepEvent)
    {
        lock (gate)
        {
            switch (stepEvent)
            {
                case GraphRead read:
                    steps = read.Steps;
                    return;
                case StepsPassed passed:
                    (cached, unwanted) = (cached + passed.Cached, unwanted + passed.Unwanted);
                    return;
                case StepStarted started:
                    running[started.Step] = new Running(started.RunId, time.GetTimestamp());
                    return;
                case StepOutput output when running.TryGetValue(output.Step, out var step):
                    step.LastLine = output.Line;
                    return;
                case StepFinished finished:
                    running.Remove(finished.Step);
                    Count(finished);
                    break;
                case StepCached:
                    cached++;
                    break;
                case StepUnwanted:
                    unwanted++;
                    break;
                case DatasetRegistered:
                    break;
                default:
                    return;
            }

            if (ended.Count < MostEnded || stepEvent is StepFinished { Status: not RunStatus.Succeeded })
                ended.Add(stepEvent);
        }
    }

    /// <summary>What an interrupt leaves: which steps were stopped, and how many never began.</summary>
    public string? DescribeRest()
    {
        lock (gate)
        {
            if (steps == 0)
                return null;
            var stopped = running.Count == 0 ? "no step was running" : $"stopped {Names([.. running.Keys])}";
            return $"{stopped}; {Waiting} of {steps} steps had not begun";
        }
    }

    /// <summary>A line for each step that runs, one for all that failed, and one with numbers.</summary>
    /// <param name="width">Cells of a line of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    public IRenderable Render(int width, int height)
    {
        lock (gate)
        {
            var lines = new List<IRenderable>();
            var most = Math.Max(1, height - Frame);
            var shown = running.OrderBy(pair => pair.Value.Since).Take(most).ToList();
            var room = Math.Min(width * LabelShare / 100, shown.Select(pair => CellText.Width(Label(pair.Key, pair.Value.Run))).DefaultIfEmpty(0).Max());
            foreach (var (step, state) in shown)
                lines.Add(Line(step, state, room, width));
            if (running.Count > most)
                lines.Add(new Text($"and {running.Count - most} more"));
            if (failures.Count > 0)
                lines.Add(new Text(CellText.Cut($"failed: {Names(failures)}", width - 1), new Style(Color.Red)));
            lines.Add(new Text(CellText.Cut(Summary(), width - 1), new Style(decoration: Decoration.Bold)));
            return new Rows(lines);
        }
    }

    private void Count(StepFinished finished)
    {
        if (finished.Status == RunStatus.Succeeded)
        {
            executed++;
            return;
        }

        failed++;
        failures.Add(finished.Step);
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    /// <summary>By which its log is asked for, and of a variant which one it is.</summary>
    private static string Label(string step, RunId run) => $"{run}{(step.Length > run.Step.Length ? step[run.Step.Length..] : "")}";

    private Paragraph Line(string step, Running state, int room, int width)
    {
        var elapsed = $"{time.GetElapsedTime(state.Since).TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),6} s  ";
        return new Paragraph()
            .Append(CellText.Fill(Label(step, state.Run), room), new Style(Color.Teal))
            .Append(elapsed)
            // The last cell stays free: some terminals begin a new line behind it.
            .Append(CellText.Cut(state.LastLine, width - room - elapsed.Length - 1), new Style(Color.Grey));
    }

    private string Summary() => steps == 0
        ? "reading the project"
        : $"{executed + cached + failed + unwanted} of {steps}: {executed} executed, {cached} cached, {failed} failed{(unwanted > 0 ? $", {unwanted} not wanted" : "")}; {running.Count} running, {Waiting} to come";

    private sealed class Running(RunId run, long since)
    {
        public RunId Run => run;

        public long Since => since;

        public string LastLine { get; set; } = "";
    }
}
