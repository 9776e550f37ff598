using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["stage", "prod", "acme"];

    [Theory]
    [InlineData("prodd", "prod")]
    [InlineData("rpod", "prod")]
    [InlineData("stgae", "stage")]
    [InlineData("nothing-like-it", null)]
    public void Of_AMistypedName_FindsTheOneThatWasMeant(string name, string? expected) => Assert.Equal(expected, NearestName.Of(name, Known));

    [Fact]
    public void Hint_WithoutANearName_ListsWhatIsKnown()
    {
        Assert.Equal("known: acme, prod, stage", NearestName.Hint("nothing-like-it", Known));
        Assert.Equal("there is none yet", NearestName.Hint("x", []));
    }
}
