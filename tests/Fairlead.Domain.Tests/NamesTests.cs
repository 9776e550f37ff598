using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("train-3", "train", 3)]
    [InlineData("train-model-12", "train-model", 12)]
    public void RunId_Parsed_HasStepAndNumber(string text, string step, int number)
    {
        var id = RunId.Parse(text);
        Assert.Equal((step, number, text), (id.Step, id.Number, id.ToString()));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("train-")]
    [InlineData("-3")]
    [InlineData("train-0")]
    [InlineData("train-+3")]
    [InlineData("train-99999999999")]
    public void RunId_Malformed_IsRefused(string text) => Assert.False(RunId.TryParse(text, out _));

    [Fact]
    public void ServerGroupName_Parsed_RoundTrips()
    {
        var name = ServerGroupName.Parse("late-prod-v003");
        Assert.Equal(("late", "prod", 3), (name.Service, name.Environment, name.Number));
        Assert.Equal("late-prod-v003", name.ToString());
        Assert.Equal("late-prod-v1234", new ServerGroupName("late", "prod", 1234).ToString());
    }

    [Theory]
    [InlineData("late-prod")]
    [InlineData("late-prod-003")]
    [InlineData("late-prod-v")]
    [InlineData("late--v003")]
    [InlineData("a-b-c-v003")]
    public void ServerGroupName_Malformed_IsRefused(string text) => Assert.False(ServerGroupName.TryParse(text, out _));

    [Theory]
    [InlineData("v001", 1)]
    [InlineData("v1", 1)]
    [InlineData("v1000", 1000)]
    public void ReleaseName_Parsed_HasItsNumber(string text, int number) => Assert.Equal(number, ReleaseName.Parse(text).Number);

    [Theory]
    [InlineData("1")]
    [InlineData("v0")]
    [InlineData("v-1")]
    [InlineData("V001")]
    public void ReleaseName_Malformed_IsRefused(string text) => Assert.False(ReleaseName.TryParse(text, out _));

    [Fact]
    public void Weight_OutsideItsBounds_CannotBeMade()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weight(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weight(10_001));
        Assert.Equal("12.5%", new Weight(1250).ToString());
        Assert.Equal(Weight.None, default);
    }

    [Fact]
    public void Json_OfNamesThatAreNotSet_RoundTrips()
    {
        var options = new JsonSerializerOptions();
        Assert.Equal(default, RoundTrip(default(RunId)));
        Assert.Equal(default, RoundTrip(default(ReleaseName)));
        Assert.Equal(default, RoundTrip(default(ServerGroupName)));
        Assert.Equal(new RunId("train", 3), RoundTrip(new RunId("train", 3)));

        T? RoundTrip<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, options), options);
    }
}
