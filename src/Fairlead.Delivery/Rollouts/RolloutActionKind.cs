namespace Fairlead.Delivery.Rollouts;

/// <summary>What a rollout does to the world. Each may be done twice.</summary>
internal enum RolloutActionKind
{
    /// <summary>Records the server groups that it makes.</summary>
    Create,

    /// <summary>Publishes them without traffic and waits until the host has them ready.</summary>
    Prepare,

    /// <summary>Publishes how many instances the present step has.</summary>
    Scale,

    /// <summary>Publishes the shares of the present step and waits until the host routes by them.</summary>
    Shift,

    /// <summary>Asks the judge.</summary>
    Judge,

    /// <summary>Publishes the instances that what was live before had.</summary>
    Restore,

    /// <summary>Gives traffic and instances back to what was live before, and takes away what the rollout made.</summary>
    Return,

    /// <summary>Takes away what nobody needs any more.</summary>
    Finish,
}
