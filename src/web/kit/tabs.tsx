import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';

export type TabItem = {
  readonly key: string;
  readonly label: string;
  readonly count?: string;
  readonly children: ReactNode;
};

/** Views of one thing side by side. `chosen` and `onChoose` when the address carries the choice. */
export function Tabs({
  label,
  tabs,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly tabs: readonly TabItem[];
  readonly chosen?: string;
  readonly onChoose?: (key: string) => void;
}): ReactNode {
  return (
    <AriaTabs
      className="k-tabs"
      {...(chosen === undefined ? {} : { selectedKey: chosen })}
      onSelectionChange={(key) => onChoose?.(String(key))}
    >
      <TabList className="k-tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.key} id={tab.key} className="k-tab">
            {tab.label}
            {tab.count === undefined ? null : <span className="k-count">{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.key} id={tab.key} className="k-tab-panel">
          {tab.children}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
