using Fairlead.Commands;
using Fairlead.Load;
using Fairlead.Load.Measuring;
using Spectre.Console;

namespace Fairlead.Tests.Commands;

public sealed class LoadCommandViewTests
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(80, true)]
    [InlineData(60, true)]
    [InlineData(55, false)]
    [InlineData(40, false)]
    public void Draw_OnATerminalOfAnyWidth_IsALineForEachNumber(int width, bool hasBars)
    {
        var lines = Render(width);

        Assert.Equal(["time", "rate", "under way", "p50", "p99", "answered", "failed"], lines.Take(7).Select(line => line[..Math.Min(10, line.Length)].TrimEnd()));
        Assert.All(lines, line => Assert.True(line.Length < width, line));
        Assert.Equal(8, lines.Length);
        Assert.Contains("5.0 of 10 s", lines[0]);
        Assert.Contains("20.0 ms, 25.0 ms so far", lines[3]);
        Assert.Equal(hasBars, lines[0].Contains('━'));
        Assert.Equal(hasBars, lines[3].Contains('█'));
        Assert.Contains("3 × 429", lines[7]);
    }

    private static string[] Render(int width)
    {
        var latency = new LatencySummary { Count = 9, Mean = 0.02, P50 = 0.025, P90 = 0.03, P95 = 0.04, P99 = 0.05, P999 = 0.05, Max = 0.05 };
        var progress = new LoadProgress
        {
            Elapsed = TimeSpan.FromSeconds(5),
            Length = TimeSpan.FromSeconds(10),
            IsWarmup = false,
            AskedRate = 2000,
            UnderWay = 7,
            Waiting = 100_000,
            Succeeded = 12_345_678,
            Failed = 3,
            Latency = latency,
            Errors = [new LoadError("429", 3, "The service has more requests than it takes; ask again later, or give it more room than it has now.")],
            Seconds = [.. Enumerable.Range(0, 60).Select(second => new LoadSecond(second, 10, 10, 10 + second, second % 3, 0.02, 0.05))],
        };
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(LoadCommandView.Draw(progress, width));
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
