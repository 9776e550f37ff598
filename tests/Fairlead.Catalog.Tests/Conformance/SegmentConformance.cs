using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class SegmentConformance : CatalogConformance
{
    [Fact]
    public async Task List_AfterRestart_IsInTheOrderOfListingWithEveryMember()
    {
        Assert.Empty(await Catalog.Segments.ListSegmentsAsync(Cancellation));
        Assert.Empty(await Catalog.Segments.ListFilesAsync(Cancellation));
        foreach (var name in new[] { "b", "a", "c" })
            await Catalog.Segments.AddAsync(new CompactedSegment(name, 5, [Full(name + "-1"), Sample.File(name + "-2")], Sample.Time), Cancellation);
        await Catalog.ReopenAsync();
        Assert.Equal(["b", "a", "c"], await Catalog.Segments.ListSegmentsAsync(Cancellation));
        Assert.Equal(
            new[] { "b", "a", "c" }.SelectMany(name => new[] { Full(name + "-1"), Sample.File(name + "-2") }),
            await Catalog.Segments.ListFilesAsync(Cancellation));
    }

    [Fact]
    public async Task Add_ListedAlready_IsLeftAsItIs()
    {
        await Catalog.Segments.AddAsync(Sample.Segment("a", 1), Cancellation);
        await Catalog.Segments.AddAsync(Sample.Segment("a", 2), Cancellation);
        Assert.Equal(1, (await Catalog.Segments.ListFilesAsync(Cancellation)).Single().Rows);
    }

    [Fact]
    public async Task Forget_Segment_LeavesItsFiles()
    {
        await Catalog.Segments.AddAsync(Sample.Segment("a"), Cancellation);
        await Catalog.Segments.ForgetSegmentsAsync(["a", "b"], Cancellation);
        Assert.Empty(await Catalog.Segments.ListSegmentsAsync(Cancellation));
        Assert.Single(await Catalog.Segments.ListFilesAsync(Cancellation));
    }

    [Fact]
    public async Task Replace_Files_RetiresAndListsInOne()
    {
        await Catalog.Segments.AddAsync(new CompactedSegment("a", 9, [Sample.File("1"), Sample.File("2"), Sample.File("3")], Sample.Time), Cancellation);
        await Catalog.Segments.ReplaceAsync([Sample.File("1").Path, Sample.File("2").Path], [Full("12") with { State = CompactedFileState.Hidden }], Cancellation);
        await Catalog.ReopenAsync();
        Assert.Equal(
            [
                Sample.File("1") with { State = CompactedFileState.Retired }, Sample.File("2") with { State = CompactedFileState.Retired },
                Sample.File("3"), Full("12") with { State = CompactedFileState.Hidden },
            ],
            await Catalog.Segments.ListFilesAsync(Cancellation));

        await Catalog.Segments.SetStateAsync([Full("12").Path, "unknown"], CompactedFileState.Listed, Cancellation);
        await Catalog.Segments.RemoveAsync([Sample.File("1").Path, Sample.File("3").Path], Cancellation);
        Assert.Equal(
            [Sample.File("2") with { State = CompactedFileState.Retired }, Sample.File("3"), Full("12")],
            await Catalog.Segments.ListFilesAsync(Cancellation));
    }

    [Fact]
    public async Task Replace_FileThatIsNotListed_ChangesNothing()
    {
        await Catalog.Segments.AddAsync(new CompactedSegment("a", 9, [Sample.File("1"), Sample.File("2")], Sample.Time), Cancellation);
        await Catalog.Segments.ReplaceAsync([Sample.File("2").Path], [], Cancellation);
        foreach (var path in new[] { Sample.File("2").Path, "unknown" })
        {
            var problem = await Assert.ThrowsAsync<FairleadException>(
                () => Catalog.Segments.ReplaceAsync([Sample.File("1").Path, path], [Sample.File("3")], Cancellation));
            Assert.Equal(ProblemKind.Conflict, problem.Kind);
        }

        Assert.Equal([Sample.File("1"), Sample.File("2") with { State = CompactedFileState.Retired }], await Catalog.Segments.ListFilesAsync(Cancellation));
    }

    private static CompactedFile Full(string name) =>
        Sample.File(name) with { Digest = Sample.Digest(name), Shape = "0123456789abcdef", WrittenAt = Sample.Time };
}
