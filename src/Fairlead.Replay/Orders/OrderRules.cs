using Fairlead.Domain.Problems;

namespace Fairlead.Replay.Orders;

/// <summary>What an order must hold before anything is looked up.</summary>
internal static class OrderRules
{
    /// <exception cref="FairleadException">Invalid.</exception>
    public static void Require(ReplayOrder order)
    {
        if (string.IsNullOrWhiteSpace(order.Service) || string.IsNullOrWhiteSpace(order.From))
            throw FairleadException.Invalid("A replay needs 'service', whose predictions are replayed, and 'from', their environment.");
        if (order.Until is { } until && until <= order.Since)
            throw FairleadException.Invalid($"The range from '{order.Since:O}' until '{until:O}' is empty; 'since' must be before 'until'.");
        if (order.Limit is < 1)
            throw FairleadException.Invalid($"The limit '{order.Limit}' is not accepted; expected 1 or more.");
        if (order.Sample is { } share && !(share > 0 && share <= 1))
            throw FairleadException.Invalid($"The sample '{share}' is not accepted; expected a share above 0, up to 1.");
        if (order.Tolerance is { } tolerance && !(tolerance >= 0 && tolerance < 1))
            throw FairleadException.Invalid($"The tolerance '{tolerance}' is not accepted; expected a share from 0, below 1.");
        if (order.Threshold is { } threshold && !double.IsFinite(threshold))
            throw FairleadException.Invalid($"The threshold '{threshold}' is not accepted; expected a number.");
    }
}
