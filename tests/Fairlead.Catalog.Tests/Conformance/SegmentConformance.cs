namespace Fairlead.Catalog.Tests.Conformance;

public abstract class SegmentConformance : CatalogConformance
{
    [Fact]
    public async Task List_AfterRestart_IsOldestFirstWithEveryMember()
    {
        Assert.Empty(await Catalog.Segments.ListAsync(Cancellation));
        foreach (var name in new[] { "b", "a", "c" })
            await Catalog.Segments.AddAsync(Sample.Segment(name), Cancellation);
        await Catalog.ReopenAsync();
        Assert.Equal(
            new[] { "b", "a", "c" }.Select(name => Sample.Json(Sample.Segment(name))),
            (await Catalog.Segments.ListAsync(Cancellation)).Select(Sample.Json));
    }

    [Fact]
    public async Task Add_ListedAlready_IsLeftAsItIs()
    {
        await Catalog.Segments.AddAsync(Sample.Segment("a", 1), Cancellation);
        await Catalog.Segments.AddAsync(Sample.Segment("a", 2), Cancellation);
        Assert.Equal(1, (await Catalog.Segments.ListAsync(Cancellation)).Single().Records);
    }
}
