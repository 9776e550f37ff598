using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>What a rollout is about.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RolloutPhase>))]
public enum RolloutPhase
{
    /// <summary>New server groups get their records.</summary>
    Creating,

    /// <summary>The host makes them ready, without traffic.</summary>
    Preparing,

    /// <summary>Instances come and go for the present step.</summary>
    Scaling,

    /// <summary>Traffic moves to the shares of the present step.</summary>
    Shifting,

    /// <summary>The present step is watched; after the last step the release is live and its health is watched.</summary>
    Holding,

    /// <summary>What nobody needs any more is taken away.</summary>
    Finishing,

    /// <summary>Instances of what was live before come back, before traffic does.</summary>
    Restoring,

    /// <summary>Traffic goes back to where it was.</summary>
    Returning,

    Ended,
}
