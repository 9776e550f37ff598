namespace Fairlead.Domain.Instances;

/// <summary>The seam to where the instances of command services live. Health, restarts and traffic are the host's matter.</summary>
public interface IInstancePlatform
{
    /// <summary>Starts an instance; it need not listen yet when this returns. What it prints is kept with its server group.</summary>
    /// <exception cref="Problems.FairleadException">Failed: the program cannot be started; Damaged or NotFound: its code is not whole in the store.</exception>
    Task<IInstance> StartAsync(InstanceOrder order, CancellationToken cancellationToken);
}
