using System.Globalization;
using Spectre.Console;

namespace Fairlead.Demo;

/// <summary>Prints the story: numbered chapters, facts below them, bars where something takes its time.</summary>
internal sealed class DemoNarrator(IAnsiConsole console)
{
    private int chapter;

    public IAnsiConsole Console => console;

    public void Chapter(string title)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold teal]{++chapter,2}  {title}[/]");
    }

    public void Fact(FormattableString text) => console.MarkupLineInterpolated(FormattableStringFactoryOf($"    ", text));

    public void Command(string text) => console.MarkupLineInterpolated($"    [grey]$ {text}[/]");

    /// <summary>A bar on a terminal, nothing where the output is piped.</summary>
    public async Task<T> ProgressAsync<T>(string label, int total, Func<Action<int>, Task<T>> work)
    {
        if (!console.Profile.Capabilities.Interactive)
            return await work(_ => { });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask($"    {Markup.Escape(label)}", maxValue: total);
                return await work(done => task.Increment(done));
            });
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static FormattableString FormattableStringFactoryOf(string indent, FormattableString text) =>
        System.Runtime.CompilerServices.FormattableStringFactory.Create(indent + text.Format, text.GetArguments());
}
