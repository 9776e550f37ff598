using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class MergePlanTests
{
    private static readonly DateOnly Day = new(2026, 5, 1);
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MergeOptions Options = new() { HealthyBytes = 1000, HealthyRows = 1000, FanIn = 4, SmallestBytes = 10 };

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 4)]
    [InlineData(9, 9)]
    public void Next_SmallFilesOfTheDay_WaitUntilThereAreEnough(int files, int expected) =>
        Assert.Equal(expected, MergePlan.Next(Files(files, 5), Day, Noon, Options).Count);

    [Fact]
    public void Next_FilesOfOtherSizes_AreNotRewrittenForTheirSake() =>
        Assert.Equal([5L, 5, 5, 5], MergePlan.Next([.. Files(2, 300), .. Files(4, 5, at: 9)], Day, Noon, Options).Select(file => file.Bytes));

    [Fact]
    public void Next_HealthyFiles_AreLeftAlone()
    {
        Assert.Empty(MergePlan.Next(Files(10, 1000), Day, Noon, Options));
        Assert.Empty(MergePlan.Next([.. Files(10, 5).Select(file => file with { Rows = 1000 })], Day, Noon, Options));
        Assert.Empty(MergePlan.Next([.. Files(10, 5).Select(file => file with { State = CompactedFileState.Hidden })], Day, Noon, Options));
    }

    [Fact]
    public void Next_LargeOnes_StayWithinTheBound()
    {
        Assert.Equal(2, MergePlan.Next(Files(3, 900), Day, Noon, Options).Count);
        Assert.Empty(MergePlan.Next([.. Files(1, 900), .. Files(1, 90, at: 5)], Day, Noon, Options));
    }

    [Fact]
    public void Next_DayThatIsOver_BecomesAsFewAsPossibleOnceNothingIsAdded()
    {
        var files = new[] { Files(1, 300)[0], Files(1, 5, at: 1)[0] };
        var end = new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Empty(MergePlan.Next(files, Day, end.AddMinutes(59), Options));
        Assert.Equal(2, MergePlan.Next(files, Day, end.AddMinutes(60), Options).Count);
        var late = files.Select(file => file with { WrittenAt = end.AddHours(5) }).ToArray();
        Assert.Empty(MergePlan.Next(late, Day, end.AddHours(5), Options));
        // A clock that was set back makes it wait, nothing else.
        Assert.Empty(MergePlan.Next(late, Day, end.AddHours(4), Options));
        Assert.Equal(2, MergePlan.Next(late, Day, end.AddHours(6), Options).Count);
    }

    [Fact]
    public void Next_AWholeDayOfSmallFiles_WritesEachRowAFewTimesOnly()
    {
        var files = new List<CompactedFile>();
        var (added, written, number) = (0L, 0L, 0);
        for (var i = 0; i < 5000; i++)
        {
            files.Add(File(number++, 3));
            added += 3;
            while (MergePlan.Next(files, Day, Noon, Options) is { Count: > 0 } next)
            {
                files.RemoveAll(next.Contains);
                files.Add(File(number++, next.Sum(file => file.Bytes)));
                written += next.Sum(file => file.Bytes);
            }
        }

        Assert.Equal(added, files.Sum(file => file.Bytes));
        Assert.InRange((double)written / added, 1, 5);
        Assert.InRange(files.Count, 1, 40);
    }

    private static CompactedFile[] Files(int count, long bytes, int at = 0) => [.. Enumerable.Range(at, count).Select(number => File(number, bytes))];

    private static CompactedFile File(int number, long bytes) => new($"predictions/date=2026-05-01/{number}.parquet", Math.Max(1, bytes / 3), bytes, number, number);
}
