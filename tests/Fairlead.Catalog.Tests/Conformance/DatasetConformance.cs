namespace Fairlead.Catalog.Tests.Conformance;

public abstract class DatasetConformance : CatalogConformance
{
    [Fact]
    public async Task Add_NewContent_GetsTheNextNumberOfItsDataset()
    {
        Assert.Equal(1, (await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "a"), Cancellation)).Number);
        Assert.Equal(2, (await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "b"), Cancellation)).Number);
        Assert.Equal(1, (await Catalog.Datasets.AddAsync(Sample.Dataset("other", "a"), Cancellation)).Number);
    }

    [Fact]
    public async Task Add_SameContentAgain_ReturnsWhatWasRecorded()
    {
        var first = await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "a"), Cancellation);
        var again = await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "a") with { RegisteredBy = "bob" }, Cancellation);
        Assert.Equal(Sample.Json(first), Sample.Json(again));
        Assert.Single(await Catalog.Datasets.ListAsync("flights", Cancellation));
    }

    [Fact]
    public async Task FindAndList_AfterRestart_GiveEveryMember()
    {
        var a = await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "a"), Cancellation);
        var x = await Catalog.Datasets.AddAsync(Sample.Dataset("other", "x"), Cancellation);
        var b = await Catalog.Datasets.AddAsync(Sample.Dataset("flights", "b"), Cancellation);
        await Catalog.ReopenAsync();

        Assert.Equal(Sample.Json(Sample.Dataset("flights", "a") with { Number = 1 }), Sample.Json(await Catalog.Datasets.FindAsync("flights", a.Artifact.Digest, Cancellation)));
        Assert.Null(await Catalog.Datasets.FindAsync("flights", x.Artifact.Digest, Cancellation));
        Assert.Null(await Catalog.Datasets.FindAsync("none", a.Artifact.Digest, Cancellation));
        Assert.Equal(["flights@2", "flights@1"], (await Catalog.Datasets.ListAsync("flights", Cancellation)).Select(v => v.Label));
        Assert.Equal([b.Label, x.Label, a.Label], (await Catalog.Datasets.ListAsync(null, Cancellation)).Select(v => v.Label));
    }

    [Fact]
    public async Task Add_EightWritersOfTheSameContents_NumbersEachOnce()
    {
        var added = await EightWriters(25, (_, i) => Catalog.Datasets.AddAsync(Sample.Dataset("flights", $"content {i}"), Cancellation));
        Assert.All(added.GroupBy(v => v.Artifact.Digest), same => Assert.Single(same.Select(v => v.Number).Distinct()));
        Assert.Equal(Enumerable.Range(1, 25), added.Select(v => v.Number).Distinct().Order());
    }

    [Fact]
    public async Task Names_WithQuotesAndUnicode_AreKept()
    {
        var hostile = "a'; drop table runs; -- \" \n é 😀";
        await Catalog.Datasets.AddAsync(Sample.Dataset(hostile, "a"), Cancellation);
        Assert.Equal(hostile, (await Catalog.Datasets.ListAsync(hostile, Cancellation)).Single().Dataset);
    }
}
