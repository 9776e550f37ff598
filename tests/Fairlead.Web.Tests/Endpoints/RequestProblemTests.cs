using Fairlead.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Tests.Endpoints;

public sealed class RequestProblemTests
{
    [Theory]
    [InlineData("Failed to bind parameter \"Nullable<int> depth\" from \"x\".", "The parameter 'depth' is 'x', which is not accepted; give a whole number.")]
    [InlineData("Failed to bind parameter \"Nullable<double> days\" from \"a b\".", "The parameter 'days' is 'a b', which is not accepted; give a number, such as 0.5.")]
    [InlineData("Failed to bind parameter \"Nullable<DateTimeOffset> since\" from \"\".", "The parameter 'since' is '', which is not accepted; give a time, such as 2026-05-01T06:00:00Z.")]
    [InlineData("Failed to bind parameter \"bool skipBad\" from \"7\".", "The parameter 'skipBad' is '7', which is not accepted; give true or false.")]
    [InlineData("Required parameter \"string subject\" was not provided from query string.", "The parameter 'subject' is missing; add '?subject=…' to the address.")]
    [InlineData("Unexpected end of request content.", "The request cannot be read: Unexpected end of request content.")]
    public void Describe_OfTheFrameworksWords_NamesParameterValueAndCure(string message, string expected) =>
        Assert.Equal(expected, RequestProblem.Describe(new BadHttpRequestException(message)));
}
