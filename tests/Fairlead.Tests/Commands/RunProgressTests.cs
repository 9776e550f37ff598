using Fairlead.Commands;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Spectre.Console;

namespace Fairlead.Tests.Commands;

public sealed class RunProgressTests
{
    private readonly RunProgress progress = new(TimeProvider.System);

    [Theory]
    [InlineData(200, 50)]
    [InlineData(60, 15)]
    [InlineData(20, 5)]
    public void Render_OfManyStepsWithLongLines_FitsTheTerminal(int width, int height)
    {
        progress.Take(new GraphRead(40));
        for (var i = 0; i < 30; i++)
        {
            progress.Take(new StepStarted(new RunId($"step-{i}", 7), $"step-{i}", "first run"));
            progress.Take(new StepOutput($"step-{i}", string.Concat(Enumerable.Repeat("日本語 and more ", 40))));
        }

        progress.Take(Finished("step-3", RunStatus.Failed));
        progress.Take(Finished("step-4", RunStatus.Succeeded));

        var lines = Render(width, height);

        Assert.InRange(lines.Length, 3, height);
        Assert.All(lines, line => Assert.True(CellText.Width(line) < width, line));
        Assert.StartsWith("2 of 40", lines[^1]);
        Assert.StartsWith("failed: step-3", lines[^2]);
        Assert.StartsWith("and ", height < 40 ? lines[^3] : "and ");
    }

    [Fact]
    public void Render_OfAVariant_NamesItsRunAndWhichOneItIs()
    {
        Assert.Equal(["reading the project"], Render(80, 24));
        progress.Take(new GraphRead(3));
        progress.Take(new StepStarted(new RunId("train", 4), "train[customer=acme]", "first run"));
        progress.Take(new StepOutput("train[customer=acme]", "epoch 1"));

        var lines = Render(80, 24);

        Assert.StartsWith("train-4[customer=acme]", lines[0]);
        Assert.EndsWith("epoch 1", lines[0].TrimEnd());
        Assert.Equal("0 of 3: 0 executed, 0 cached, 0 failed; 1 running, 2 to come", lines[1]);
        Assert.Equal("stopped train[customer=acme]; 2 of 3 steps had not begun", progress.DescribeRest());
    }

    private static StepFinished Finished(string step, RunStatus status) =>
        new(new RunId(step, 7), step, status, 1, status == RunStatus.Failed ? "It failed." : null, new Dictionary<string, double>());

    private string[] Render(int width, int height)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        (console.Profile.Width, console.Profile.Height) = (width, height);
        console.Write(progress.Render(width, height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
