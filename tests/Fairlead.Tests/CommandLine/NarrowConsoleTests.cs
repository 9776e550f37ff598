using Fairlead.CommandLine;
using Spectre.Console;

namespace Fairlead.Tests.CommandLine;

public sealed class NarrowConsoleTests
{
    private const string Condition = "instances.ejected > 0 for 00:01:00";

    [Fact]
    public void Write_OfATableThatIsTooWide_CutsNoWordAndLeavesOutWhatIsEmpty()
    {
        var text = Write(60, Alerts());
        Assert.Contains(Condition, text);
        Assert.Contains("2026-11-22 05:44:43Z", text);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 60, line));
        Assert.Single(text.Split('\n'), line => line.TrimStart().StartsWith("since ", StringComparison.Ordinal));
        Assert.DoesNotContain("───", text);
    }

    [Fact]
    public void Write_OfATableThatFits_IsTheTable() => Assert.Contains("───", Write(120, Alerts()));

    [Fact]
    public void Write_OfATableWithOneLongText_BreaksItBetweenWords()
    {
        var text = Write(60, new Table { Border = TableBorder.Simple }.AddColumns("name", "description").AddRow("late", string.Join(' ', Enumerable.Repeat("words", 30))));
        Assert.Contains("───", text);
        Assert.Equal(30, text.Split("words").Length - 1);
    }

    [Fact]
    public void Out_OfACommand_IsNarrowWhereItsTerminalIs() => Assert.IsType<NarrowConsole>(new CommandContext(CommandTree.Create().Parse("status")).Out);

    private static Table Alerts() => new Table { Border = TableBorder.Simple }.AddColumns("alert", "state", "condition", "since")
        .AddRow("drift_strong", "firing", "drift.strong > 0", "2026-11-22 05:44:43Z")
        .AddRow("instance_ejected", "ok", Condition, "");

    private static string Write(int width, Table table)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = width;
        new NarrowConsole(console).Write(table);
        return writer.ToString();
    }
}
