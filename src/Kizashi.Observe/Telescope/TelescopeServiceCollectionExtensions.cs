using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kizashi.Observe.Telescope;

/// <summary>Adds the telescope to a host.</summary>
public static class TelescopeServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="Telescope"/> with its options, whose faults are all listed when the host starts.</summary>
        /// <param name="configure">Sets the options; may be called with what the configuration and flags say.</param>
        public IServiceCollection AddTelescope(Action<TelescopeOptions> configure)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<IValidateOptions<TelescopeOptions>, TelescopeOptionsValidator>();
            services.AddOptions<TelescopeOptions>().Configure(configure).ValidateOnStart();
            services.TryAddSingleton(provider => new Telescope(
                provider.GetRequiredService<IOptions<TelescopeOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
            return services;
        }
    }
}
