using System.Text.Json;
using Fairlead.Commands;
using Fairlead.Replay.Reporting;
using Spectre.Console;

namespace Fairlead.Tests.Commands;

public sealed class ReplayCommandPrinterTests
{
    [Fact]
    public void Print_ValuesWithBrackets_AreTheirOwn()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 400;
        new ReplayCommandPrinter(console).Print(new ReplayReport
        {
            Number = 4,
            Service = "late",
            Environment = "prod",
            Since = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddDays(1),
            Target = "late [new]",
            RecordedBy = [new CountedName("late-prod-v001", 10)],
            Selected = 12,
            Replayed = 10,
            Skipped = [new CountedName("it [broke]", 2)],
            Agreement = new Agreement(10, 5, 0),
            Outputs = [new OutputComparison("p", "FLOAT[]", new Agreement(10, 5, 0), null)],
            Worst = [new WorstRow("id", 0.5, null, JsonElement.Parse("""{"p":[0.25,0.75]}"""), JsonElement.Parse("""{"p":[1]}"""))],
            Segments = [new SegmentReport(["[a]"], 10, 0.5, 0, [])],
            MoreSegments = 2,
            Timing = new ReplayTiming(2, 5, 0.4, null, null),
        });
        var text = output.ToString();
        Assert.Contains("replay 4: 10 predictions of late in prod, 1970-01-01 00:00:00Z until 1970-01-02 00:00:00Z, scored again by late [new]", text, StringComparison.Ordinal);
        Assert.Contains("2 skipped: it [broke]", text, StringComparison.Ordinal);
        Assert.Contains("50 % agree within the tolerance, 0 % are the same to the last bit", text, StringComparison.Ordinal);
        Assert.Contains("""{"p":[0.25,0.75]} became {"p":[1]} for what is no longer recorded""", text, StringComparison.Ordinal);
        Assert.Contains("and 2 smaller segments", text, StringComparison.Ordinal);
    }
}
