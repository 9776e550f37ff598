using Fairlead.Domain.Releases;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class ReleaseConformance : CatalogConformance
{
    [Fact]
    public async Task Add_FindAndList_GiveEveryMemberNewestFirst()
    {
        for (var i = 0; i < 3; i++)
            await Catalog.Releases.AddAsync(Sample.Release, Cancellation);
        await Catalog.ReopenAsync();
        Assert.Equal(Sample.Json(Sample.Release(new ReleaseName(2))), Sample.Json(await Catalog.Releases.FindAsync(new ReleaseName(2), Cancellation)));
        Assert.Null(await Catalog.Releases.FindAsync(new ReleaseName(4), Cancellation));
        Assert.Equal(["v003", "v002"], (await Catalog.Releases.ListAsync(2, Cancellation)).Select(r => r.Name.ToString()));
    }

    [Fact]
    public async Task Add_ThatFails_TakesNoNumber()
    {
        await Assert.ThrowsAsync<FormatException>(() => Catalog.Releases.AddAsync(_ => throw new FormatException("no"), Cancellation));
        Assert.Equal("v001", (await Catalog.Releases.AddAsync(Sample.Release, Cancellation)).Name.ToString());
    }
}
