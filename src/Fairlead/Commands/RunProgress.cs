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
    private const int LongestLine = 100;
    private const int Frame = 6;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly List<StepEvent> ended = [];
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
                    _ = finished.Status == RunStatus.Succeeded ? executed++ : failed++;
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

    /// <param name="height">Lines of the terminal.</param>
    public IRenderable Render(int height)
    {
        lock (gate)
        {
            var table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("step", "run", "elapsed", "line");
            var most = Math.Max(1, height - Frame);
            foreach (var (step, state) in running.OrderBy(pair => pair.Value.Since).Take(most))
                table.AddRow(new Text(step, new Style(Color.Teal)), new Text(state.Run.ToString()), new Text($"{time.GetElapsedTime(state.Since).TotalSeconds:0.0} s"), new Text(Cut(state.LastLine), new Style(Color.Grey)));
            if (running.Count > most)
                table.AddRow(new Text($"and {running.Count - most} more"), Text.Empty, Text.Empty, Text.Empty);
            var total = steps > 0 ? $"{executed + cached + failed + unwanted} of {steps}" : "reading";
            var summary = $"{total}: {executed} executed, {cached} cached, {failed} failed{(unwanted > 0 ? $", {unwanted} not wanted" : "")}";
            return new Rows(table, new Text(summary, new Style(decoration: Decoration.Bold)));
        }
    }

    private static string Cut(string line) =>
        string.Concat(line.Take(LongestLine).Select(character => char.IsControl(character) ? ' ' : character)) + (line.Length > LongestLine ? "…" : "");

    private sealed class Running(RunId run, long since)
    {
        public RunId Run => run;

        public long Since => since;

        public string LastLine { get; set; } = "";
    }
}
