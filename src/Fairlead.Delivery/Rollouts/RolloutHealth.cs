namespace Fairlead.Delivery.Rollouts;

/// <summary>How well the candidates of a rollout are, from good to worst.</summary>
internal enum RolloutHealth
{
    Good,

    /// <summary>It may get well again.</summary>
    Sick,

    /// <summary>It must lose its traffic at once.</summary>
    Dead,
}
