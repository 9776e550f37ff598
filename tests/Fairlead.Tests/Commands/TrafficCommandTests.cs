using Fairlead.Commands;
using Fairlead.Web.Contracts;

namespace Fairlead.Tests.Commands;

public sealed class TrafficCommandTests
{
    [Theory]
    [InlineData(0, "nothing changed: 'late-prod-v001' got no copies")]
    [InlineData(100, "nothing changed: the shares were as asked already")]
    public void WhenUnchanged_OfAShadow_SaysWhatWasSoAlready(int share, string expected) =>
        Assert.Equal(expected, TrafficCommand.WhenUnchanged(new TrafficBody(null, new Dictionary<string, int> { ["late-prod-v001"] = share }, "eve")));
}
