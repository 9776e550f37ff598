using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Pages;

/// <summary>What a person can act on is a page too; bugs go on to the handler that logs them.</summary>
internal static class PageProblems
{
    public static async ValueTask<object?> ShowAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (FairleadException e)
        {
            return PageResults.Of(new ErrorView(ProblemStatus.Of(e.Kind), e.Message));
        }
        catch (FormatException e)
        {
            return PageResults.Of(new ErrorView(StatusCodes.Status400BadRequest, e.Message));
        }
    }
}
