namespace Fairlead.Architecture.Tests.Rules;

public sealed class ExampleNameRuleTests
{
    [Theory]
    [InlineData("Fairlead.Steps/A.cs", "// one\n// all Flights", "'Fairlead.Steps/A.cs' line 2 mentions the example ('// all Flights'): say it without.")]
    [InlineData("Fairlead.Web/A.razor", "<p>flight</p>", "'Fairlead.Web/A.razor' line 1 mentions the example ('<p>flight</p>'): say it without.")]
    [InlineData("Fairlead.Web/FlightTable.cs", "", "'Fairlead.Web/FlightTable.cs' is named for the example: name it for what the product knows.")]
    public void Check_MentionOfTheExample_IsFound(string path, string text, string violation) => Assert.Equal([violation], PlantedTree.Check<ExampleNameRule>((path, text)));

    [Theory]
    [InlineData("// light")]
    [InlineData("var inFlight = requests_in_flight; // in flight, in-flight")]
    public void Check_NoMention_IsFine(string text) => Assert.Empty(PlantedTree.Check<ExampleNameRule>(("Fairlead.Steps/A.cs", text)));
}
