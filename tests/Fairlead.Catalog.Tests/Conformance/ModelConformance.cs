using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class ModelConformance : CatalogConformance
{
    private static readonly RunId First = new("train", 1);
    private static readonly RunId Second = new("train", 2);

    [Fact]
    public async Task Add_SameArtifactOfTheSameRun_IsOneVersion()
    {
        var one = await Catalog.Models.AddAsync(Sample.Model("late", "a", First), Cancellation);
        Assert.Equal(Sample.Json(one), Sample.Json(await Catalog.Models.AddAsync(Sample.Model("late", "a", First), Cancellation)));
        Assert.Equal(2, (await Catalog.Models.AddAsync(Sample.Model("late", "a", Second), Cancellation)).Number);
        Assert.Equal(3, (await Catalog.Models.AddAsync(Sample.Model("late", "b", Second), Cancellation)).Number);
        Assert.Equal(1, (await Catalog.Models.AddAsync(Sample.Model("other", "a", First), Cancellation)).Number);
    }

    [Fact]
    public async Task FindAndList_AfterRestart_GiveEveryMember()
    {
        await Catalog.Models.AddAsync(Sample.Model("late", "a", First), Cancellation);
        await Catalog.Models.AddAsync(Sample.Model("other", "a", First), Cancellation);
        await Catalog.Models.AddAsync(Sample.Model("late", "b", First), Cancellation);
        await Catalog.ReopenAsync();
        Assert.Equal(Sample.Json(Sample.Model("late", "b", First) with { Number = 2 }), Sample.Json(await Catalog.Models.FindAsync("late", 2, Cancellation)));
        Assert.Null(await Catalog.Models.FindAsync("late", 3, Cancellation));
        Assert.Equal(["late@2", "late@1"], (await Catalog.Models.ListAsync("late", Cancellation)).Select(m => m.Label));
        Assert.Equal(["late@2", "other@1", "late@1"], (await Catalog.Models.ListAsync(null, Cancellation)).Select(m => m.Label));
    }
}
