using Fairlead.Steps.Comparison;

namespace Fairlead.Steps.Tests.Comparison;

public sealed class MetricDirectionTests
{
    [Theory]
    [InlineData("auc", 1)]
    [InlineData("test/AUC", 1)]
    [InlineData("val_loss", -1)]
    [InlineData("log_loss", -1)]
    [InlineData("f1", 1)]
    [InlineData("rows", null)]
    [InlineData("", null)]
    [InlineData("glossary", null)]
    public void Of_ANameThatSaysSo_IsKnown(string metric, int? expected) => Assert.Equal(expected, MetricDirection.Of(metric));

    [Fact]
    public void Best_OfSeveral_IsEachThatIsNotBeaten()
    {
        Assert.Equal([1, 3], MetricDirection.Best("auc", [0.5, 0.7, null, 0.7]));
        Assert.Equal([0], MetricDirection.Best("rmse", [0.5, 0.7]));
        Assert.Empty(MetricDirection.Best("auc", [0.7, 0.7]));
        Assert.Empty(MetricDirection.Best("rows", [1, 2]));
    }
}
