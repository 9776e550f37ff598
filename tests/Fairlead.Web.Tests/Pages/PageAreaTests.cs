using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class PageAreaTests
{
    [Fact]
    public void Pages_OfAllAreas_AreInOneAreaEach()
    {
        var paths = PageArea.All.SelectMany(area => area.Pages).Select(page => page.Path).ToList();
        Assert.Equal(paths.Distinct(), paths);
        Assert.All(PageArea.All, area => Assert.Equal(area.Pages[0].Path, area.Path));
    }

    [Theory]
    [InlineData("/sweeps", "Build")]
    [InlineData("/audit", "Operate")]
    [InlineData("/", "Overview")]
    [InlineData("", "Overview")]
    [InlineData("/nowhere", "Overview")]
    public void Area_OfAPath_IsTheOneThatHoldsIt(string path, string area) => Assert.Equal(area, PageArea.Of(path).Name);
}
