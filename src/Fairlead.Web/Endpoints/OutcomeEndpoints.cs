using Fairlead.Domain.Problems;
using Fairlead.Predictions.Outcomes;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/outcomes", PostAsync).WithTags("predictions").WithSummary("Records what turned out to be true; on the disk when this answers.");

    private static async Task<Ok<OutcomesAnswer>> PostAsync(OutcomesBody body, OutcomeLog log, CancellationToken cancellationToken)
    {
        if (body.Outcomes is null)
            throw FairleadException.Invalid("The body has no 'outcomes'; send {\"outcomes\": [{\"prediction\": id, \"outcome\": {…}}]}.");
        if (body.Outcomes.Any(outcome => outcome is null))
            throw FairleadException.Invalid("An outcome is null; send {\"prediction\": id, \"outcome\": {…}} for each.");
        var outcomes = body.Outcomes.Select(outcome => new Outcome(outcome.Prediction, outcome.Outcome, outcome.Time)).ToList();
        return TypedResults.Ok(new OutcomesAnswer(await log.PostAsync(outcomes, cancellationToken)));
    }
}
